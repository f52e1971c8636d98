export type { RunOptions, Suite, Suites, SuitesOptions, TestEntry, TestOwner, TestRecording } from './types.ts';
