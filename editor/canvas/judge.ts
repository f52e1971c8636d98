import type { TestResult } from '../../runtime/messages/index.ts';

/** What the tests say of one node. */
export interface Verdict {
  readonly passed: boolean;
  /** Names of the tests that expect something of it: only those that failed, where one did. */
  readonly tests: readonly string[];
}

/** By node: failed as soon as one expectation was not met, or an error that nobody expected was reported there. */
export function judge(results: Iterable<TestResult>): ReadonlyMap<string, Verdict> {
  const verdicts = new Map<string, Verdict>();
  const add = (node: string, passed: boolean, test: string) => {
    const held = verdicts.get(node);
    if (held && !held.passed && passed) return;
    const tests = held?.passed === passed ? held.tests : [];
    verdicts.set(node, { passed, tests: tests.includes(test) ? tests : [...tests, test] });
  };
  for (const { name, passed, expectations, errors } of results) {
    for (const expectation of expectations) add(expectation.node, expectation.passed, name);
    // A test may say that errors do not matter.
    if (!passed) for (const { node } of errors) if (node !== '') add(node, false, name);
  }
  return verdicts;
}
