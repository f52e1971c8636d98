import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compare } from '../../../../runtime/outbox/receivers/compare.ts';
import { createNumbers, merge, type Range, size, subtract } from '../../../../runtime/outbox/receivers/ranges.ts';

const numbers = (ranges: readonly Range[]) =>
  ranges.flatMap(({ first, last }) => Array.from({ length: last - first + 1 }, (_, index) => first + index));
const ascending = (set: Iterable<number>) => [...set].sort((a, b) => a - b);

const range = fc.tuple(fc.nat(60), fc.nat(9)).map(([first, more]) => ({ first, last: first + more }));
const ranges = fc.array(range, { maxLength: 12 });

describe('ranges of numbers', () => {
  it('hold the numbers that came, each once, and count repeats', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(80)), (came) => {
        const kept = createNumbers();
        came.forEach((number) => kept.add(number));
        const { ranges: held, repeats } = kept.done();
        expect(numbers(held)).toEqual(ascending(new Set(came)));
        expect(repeats).toBe(came.length - new Set(came).size);
      }),
    );
  });

  it('are merged and taken from each other as the sets of their numbers', () => {
    fc.assert(
      fc.property(ranges, ranges, (a, b) => {
        const [left, right] = [merge(a), merge(b)];
        expect(numbers(left)).toEqual(ascending(new Set(numbers(a))));
        expect(size(left)).toBe(new Set(numbers(a)).size);
        const without = new Set(numbers(b));
        expect(numbers(subtract(left, right))).toEqual(numbers(left).filter((number) => !without.has(number)));
      }),
    );
  });
});

describe('a ledger compared with what a receiver holds', () => {
  const stream = {
    ...{ destination: 'd', stream: 's', first: 1, appended: 20, acknowledged: 12 },
    ...{
      gaps: [
        { first: 3, last: 4, reason: 'expired' },
        { first: 15, last: 16, reason: 'expired' },
      ],
      dead: [7],
    },
  };

  it('misses what was acknowledged, and neither gaps nor what was refused nor what still waits', () => {
    const held = {
      stream: 's',
      ranges: [
        { first: 1, last: 2 },
        { first: 5, last: 6 },
        { first: 8, last: 14 },
      ],
      repeats: 0,
    };
    expect(compare([stream], [{ ...held, gaps: [{ first: 3, last: 4 }] }])).toEqual([
      {
        ...{ stream: 's', acknowledged: 9, held: 9, repeats: 0, gaps: 2, told: 2, waiting: 6, dead: 1, missing: [] },
      },
    ]);
  });

  it('names what is missing, also where the receiver knows nothing of the stream', () => {
    const [some] = compare([stream], [{ stream: 's', ranges: [{ first: 5, last: 11 }], repeats: 3, gaps: [] }]);
    expect(some).toMatchObject({ acknowledged: 9, held: 6, repeats: 3, gaps: 2, told: 0 });
    expect(some?.missing).toEqual([
      { first: 1, last: 2 },
      { first: 12, last: 12 },
    ]);
    const [none] = compare([stream], []);
    expect(none).toMatchObject({ held: 0 });
    expect(size(none?.missing ?? [])).toBe(9);
  });

  it('expects nothing of a stream of which nothing was acknowledged', () => {
    const fresh = { ...stream, first: 100, appended: 105, acknowledged: 0, gaps: [], dead: [] };
    expect(compare([fresh], [])).toMatchObject([{ acknowledged: 0, missing: [], waiting: 6 }]);
  });
});
