export type { RunOptions, Suite, Suites, SuitesOptions, TestEntry, TestOwner, TestRecording } from './types.ts';
export { flowName } from './flow-name.ts';
export { openSuites } from './open-suites.ts';
export { listTests } from './list-tests.ts';
export { recordingsOf } from './find-recordings.ts';
export { suiteOf } from './suite-of.ts';
