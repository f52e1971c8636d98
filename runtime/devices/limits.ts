import { defineLimit } from '../base/index.ts';

/** Instants that fell due while a virtual board's thread was busy are made up for, up to this many at once. */
export const catchUp = defineLimit('board_catch_up_samples', 200, 'Samples that boards could not take in time');
