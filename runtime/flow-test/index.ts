export { runTests } from './run-tests.ts';
export type { RunTestsOptions } from './run-tests.ts';
export { showTime } from './expectations/show-value.ts';
export type { TestGround } from './request.ts';
