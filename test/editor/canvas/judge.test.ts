import { describe, expect, it } from 'vitest';
import { judge } from '../../../editor/canvas/judge.ts';
import type { TestResult } from '../../../runtime/messages/index.ts';

const result = (name: string, part: Partial<TestResult>): TestResult => ({
  ...{ kind: 'test', flow: 'pump', file: `${name}.json`, name, passed: true },
  ...{ expectations: [], errors: [], virtualMs: 1, tookMs: 1 },
  ...part,
});
const met = (node: string, passed: boolean) => ({ node, expectation: `${node}: is 1`, passed });

describe('the marks on the nodes', () => {
  it('say that a node passed only where all tests say so', () => {
    const verdicts = judge([
      result('one', { expectations: [met('infer', true), met('drift', true)] }),
      result('two', { passed: false, expectations: [met('infer', false), met('led', true)] }),
      result('three', { expectations: [met('infer', true)] }),
    ]);
    expect(Object.fromEntries(verdicts)).toEqual({
      infer: { passed: false, tests: ['two'] },
      drift: { passed: true, tests: ['one'] },
      led: { passed: true, tests: ['two'] },
    });
  });

  it('blame a node for an error that nobody expected, unless the test does not mind', () => {
    const errors = [{ node: 'upload', name: 'upload', code: 'X', message: 'x', count: 1 }];
    expect(judge([result('a', { passed: false, errors })]).get('upload')?.passed).toBe(false);
    expect(judge([result('a', { passed: true, errors })]).has('upload')).toBe(false);
  });
});
