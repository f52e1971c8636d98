import { describe, expect, it } from 'vitest';
import { createJudge } from '../../../runtime/flow-test/expectations/judge.ts';
import { same } from '../../../runtime/flow-test/expectations/same.ts';
import { expectation } from '../../../runtime/messages/index.ts';

/** What an expectation makes of these payloads, one a second from 1 s on. */
function judge(settings: Record<string, unknown>, payloads: readonly unknown[]) {
  const made = createJudge(expectation.parse({ node: 'n', ...settings }), 'infer');
  payloads.forEach((payload, index) => made.message({ payload }, { at: (index + 1) * 1000, samples: index }));
  return made.verdict();
}

describe('an expectation', () => {
  it.each([
    [{ is: 'worn' }, ['healthy', 'worn'], ['healthy', 'well']],
    [{ is: { a: [1, 2] } }, [{ a: [1, 2] }], [{ a: [1, 2, 3] }]],
    [{ property: 'payload.label', is: 'worn' }, [{ label: 'worn' }], [{ label: 'well' }]],
    [{ is: 'worn', within: '2 s' }, ['worn'], ['healthy', 'healthy', 'worn']],
    [{ is: 'worn', from: '2 s' }, ['healthy', 'worn'], ['worn', 'healthy']],
    [{ is: 'worn', bySample: 1 }, ['healthy', 'worn'], ['healthy', 'healthy', 'worn']],
    [{ near: 100, tolerance: '1 %' }, [99], [98.9]],
    [{ near: 0.3, tolerance: 0 }, [0.1 + 0.2], [0.31]],
    [{ near: 5, tolerance: 0.5 }, [5.5], ['5']],
    [{ above: 3 }, [3.1], [3]],
    [{ below: 3 }, [2.9], [3]],
    [{ above: 1, below: 3 }, [2], [1, 3]],
    [{ matches: '^worn' }, ['worn bearing'], ['not worn']],
    [{ expect: 'always', above: 0 }, [1, 2], [1, -1]],
    [{ expect: 'always', above: 0 }, [1], []],
    [{ expect: 'never', is: 'alarm' }, ['a', 'b'], ['a', 'alarm']],
    [{ expect: 'never', is: 'alarm' }, [], ['alarm']],
    [{ expect: 'last', is: 3 }, [1, 3], [3, 1]],
    [{ expect: 'nothing' }, [], [0]],
    [{ expect: 'nothing', from: '2 s' }, [1], [1, 2]],
    [{ expect: 'count', is: 2 }, [1, 1], [1]],
    [{ expect: 'count', atLeast: 1 }, [1, 2], []],
    [{ expect: 'count', atMost: 1 }, [], [1, 2]],
    [{ expect: 'count', atLeast: 1, atMost: 2, within: '2 s' }, [1, 2, 3], []],
  ])('%j is met by %j and not by %j', (settings, good, bad) => {
    expect(judge(settings, good).passed).toBe(true);
    const { passed, difference } = judge(settings, bad);
    expect(passed).toBe(false);
    expect(difference?.[0]).toMatch(/^- infer/);
    expect(difference?.[1]).toMatch(/^\+ /);
  });

  it.each([
    [
      { property: 'payload.label', is: 'worn bearing', within: '5 s' },
      'infer: payload.label becomes "worn bearing" within 5 s',
    ],
    [{ output: 2, expect: 'nothing' }, 'infer (output 2): sends nothing'],
    [{ input: true, expect: 'count', atLeast: 3 }, 'infer (input): receives at least 3 messages'],
    [{ expect: 'count', is: 1, from: '1 min' }, 'infer: sends 1 message from 1 min on'],
    [{ near: 20, tolerance: '1 %', expect: 'last' }, 'infer: payload is 20 ± 1 % in the last message'],
    [{ above: 1, below: 2, expect: 'always' }, 'infer: payload is always above 1 and below 2'],
    [{ expect: 'error', code: 'BOARD_LOST' }, 'infer: reports an error BOARD_LOST'],
    [{ expect: 'status', matches: 'ok' }, 'infer: status becomes like /ok/'],
    [{ property: 'payload.state', is: 'start', bySample: 600 }, 'infer: payload.state becomes "start" by sample 600'],
  ])('%j reads %s', (settings, words) => {
    expect(judge(settings, []).expectation).toBe(words);
  });

  it('says when it was met', () => {
    expect(judge({ is: 'worn' }, ['healthy', 'worn', 'worn'])).toMatchObject({ passed: true, metAt: 2000 });
  });

  it('shows what was seen, with times, and of much only the beginning and the end', () => {
    expect(judge({ is: 'worn' }, ['well', 'well', 'ill']).difference).toEqual([
      '- infer: payload becomes "worn"',
      '+ 1 s        "well"  (2 times)',
      '+ 3 s        "ill"',
    ]);
    const many =
      judge(
        { is: 'worn' },
        Array.from({ length: 100 }, (_, index) => index),
      ).difference ?? [];
    expect(many).toHaveLength(10);
    expect(many).toContain('+ … 92 other values …');
    expect(judge({ property: 'payload.label', is: 'x' }, [{ score: 1 }]).difference?.[1]).toContain('no payload.label');
    expect(judge({ is: 'x' }, []).difference).toEqual(['- infer: payload becomes "x"', '+ no message']);
  });

  it('is about errors and statuses where it says so', () => {
    const error = createJudge(expectation.parse({ node: 'n', expect: 'error', code: 'A', within: '2 s' }), 'n');
    expect(error.error('B', 'other', { at: 1000, samples: 0 })).toBe(false);
    expect(error.verdict().passed).toBe(false);
    expect(error.error('A', 'this', { at: 3000, samples: 0 })).toBe(false);
    expect(error.error('A', 'this', { at: 2000, samples: 0 })).toBe(true);
    expect(error.verdict()).toMatchObject({ passed: true, metAt: 2000 });
    const status = createJudge(expectation.parse({ node: 'n', expect: 'status', is: 'ready' }), 'n');
    status.status('waiting', { at: 0, samples: 0 });
    expect(status.verdict().difference).toEqual(['- n: status becomes "ready"', '+ 0 ms       "waiting"']);
    status.status('ready', { at: 5, samples: 0 });
    expect(status.verdict().passed).toBe(true);
  });

  it.each([
    [{ is: 1, near: 2 }, 'near', 'beside another comparison'],
    [{ tolerance: 1, is: 1 }, 'tolerance', 'needs "near"'],
    [{}, 'expect', 'needs a comparison'],
    [{ expect: 'count' }, 'expect', 'how many messages'],
    [{ expect: 'count', is: 'two' }, 'is', 'a number of messages'],
    [{ expect: 'nothing', is: 1 }, 'is', 'does not belong'],
    [{ is: 1, atLeast: 2 }, 'atLeast', 'belongs to "expect": "count"'],
    [{ is: 1, code: 'A' }, 'code', 'belongs to "expect": "error"'],
    [{ matches: '(' }, 'matches', 'regular expression'],
    [{ is: 1, within: '1 s', bySample: 2 }, 'bySample', 'beside "within"'],
  ])('that is %j is refused', (settings, at, words) => {
    const result = expectation.safeParse({ node: 'n', ...settings });
    expect(result.error?.issues[0]).toMatchObject({ path: [at], message: expect.stringContaining(words) as string });
  });
});

describe('two values', () => {
  it('are the same if they say the same, typed arrays and other sandboxes included', () => {
    expect(same(new Float32Array([1, 2]), [1, 2])).toBe(true);
    expect(same([NaN], [NaN])).toBe(true);
    expect(same(Object.assign(Object.create(null) as object, { a: 1 }), { a: 1 })).toBe(true);
    expect(same({ a: 1 }, { a: 1, b: undefined })).toBe(false);
    expect(same([], {})).toBe(false);
    expect(same(null, {})).toBe(false);
    expect(same('1', 1)).toBe(false);
  });
});
