import { defineLimit } from '../base/index.ts';

/** Instants that fell due while a virtual board's thread was busy are made up for, up to this many at once. */
export const catchUp = defineLimit('board_catch_up_samples', 200, 'Samples that boards could not take in time');

/** A board at the fastest serial line sends 200,000; what sends more is none. */
export const wireBytes = defineLimit(
  'board_wire_bytes_per_second',
  262_144,
  'Bytes at which lines were cut off because more came than any board sends',
);

/** A recording that a virtual world plays stands in the flow. */
export const replayRows = defineLimit(
  'world_replay_rows',
  100_000,
  'Rows of a recording for a virtual world beyond what it plays',
);

/** An emulated chip runs faster than real time to make up for a thread that was busy; what is more than this it stood still. */
export const standStill = defineLimit(
  'emulated_board_catch_up_ms',
  2000,
  'Milliseconds for which emulated boards stood still, because they could not be run in time',
);
