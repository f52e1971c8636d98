export type { Gateway } from './types.ts';
