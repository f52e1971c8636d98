import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { butterworth, createSosFilter, type Pass, type Section } from '../../../../runtime/signal/index.ts';
import { wavy } from '../support.ts';

interface Reference {
  readonly sample_rate_hz: number;
  readonly input: readonly number[];
  readonly butterworth: readonly {
    readonly type: Pass;
    readonly cutoff_hz: number | readonly number[];
    readonly order: number;
    readonly sos: readonly (readonly number[])[];
    readonly output: readonly number[];
  }[];
}

const reference = JSON.parse(readFileSync(new URL('../data/filters.json', import.meta.url), 'utf8')) as Reference;
const { input, sample_rate_hz: rate } = reference;

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  for (let n = 0; n < expected.length; n++) {
    const wanted = expected[n] as number;
    expect(Math.abs((found[n] as number) - wanted)).toBeLessThanOrEqual(Math.max(1e-6 * Math.abs(wanted), 1e-9));
  }
}

interface Case {
  readonly pass: Pass;
  readonly order: number;
  readonly cutoffs: readonly number[];
  readonly sections: readonly (readonly number[])[];
  readonly rest: number;
  readonly steady: number;
}

/** Figures of scipy 1.17.1, of filters wide and narrow. */
const more = JSON.parse(readFileSync(new URL('../data/butterworth.json', import.meta.url), 'utf8')) as {
  readonly rate: number;
  readonly input: readonly number[];
  readonly cases: readonly Case[];
};

const flat = (sections: readonly Section[]) => sections.flatMap(({ b0, b1, b2, a1, a2 }) => [b0, b1, b2, 1, a1, a2]);

describe('a Butterworth filter', () => {
  it.each(reference.butterworth)('is that of scipy: $type $cutoff_hz Hz, order $order', (wanted) => {
    const cutoffs = typeof wanted.cutoff_hz === 'number' ? [wanted.cutoff_hz] : wanted.cutoff_hz;
    const sections = butterworth({ pass: wanted.type, order: wanted.order, cutoffs }, rate);
    expectClose(flat(sections), wanted.sos.flat());
    const output = new Float64Array(input.length);
    createSosFilter(sections).run(input, output);
    expectClose(output, wanted.output);
  });

  it.each(more.cases)('has the sections of scipy, in its order: $pass $cutoffs Hz, order $order', (wanted) => {
    const sections = butterworth(wanted, more.rate);
    expectClose(flat(sections), wanted.sections.flat());
    const output = new Float64Array(more.input.length);
    const filter = createSosFilter(sections);
    filter.run(more.input, output);
    expectClose(output.slice(-1), [wanted.rest]);
    filter.reset(more.input[0]);
    filter.run(more.input, output);
    expectClose(output.slice(-1), [wanted.steady]);
  });

  it.each([
    [{ pass: 'low', order: 4, cutoffs: [31.25] }, 'not below half'],
    [{ pass: 'low', order: 4, cutoffs: [0] }, 'not above 0'],
    [{ pass: 'low', order: 4, cutoffs: [NaN] }, 'not above 0'],
    [{ pass: 'band', order: 4, cutoffs: [9, 3] }, 'not above the lower'],
    [{ pass: 'band', order: 4, cutoffs: [9] }, 'needs 2'],
    [{ pass: 'high', order: 0, cutoffs: [9] }, 'order 0'],
    [{ pass: 'high', order: 17, cutoffs: [9] }, 'order 17'],
    [{ pass: 'low', order: 2, cutoffs: [1e-9] }, 'rounding would spoil a low-pass of order 2 at 1e-9 Hz'],
    [{ pass: 'stop', order: 16, cutoffs: [0.1, 31.2] }, 'rounding would spoil a band-stop'],
  ] as const)('refuses %o', (design, words) => {
    expect(() => butterworth(design, rate)).toThrow(
      expect.objectContaining({ code: 'FILTER_INVALID', message: expect.stringContaining(words) as string }),
    );
    expect(() => butterworth({ pass: 'low', order: 2, cutoffs: [3] }, 0)).toThrow(/sample rate of 0/);
  });

  it.each(['low', 'high', 'band', 'stop'] as const)('halves the power at the cut-offs: %s', (pass) => {
    const choices =
      pass === 'low' || pass === 'high'
        ? [[7], [0.5]]
        : [
            [5, 11],
            [2, 28],
            [9, 9.2],
          ];
    for (const cutoffs of choices) {
      for (const order of [1, 2, 3, 5, 8]) {
        const sections = butterworth({ pass, order, cutoffs }, rate);
        for (const cutoff of cutoffs) expect(powerAt(sections, cutoff)).toBeCloseTo(0.5, 6);
      }
    }
  });

  it('filters a stream in pieces as it does the whole', () => {
    const design = fc.record({
      pass: fc.constantFrom('low', 'high', 'band', 'stop'),
      order: fc.integer({ min: 1, max: 8 }),
    });
    fc.assert(
      fc.property(design, fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 20 }), ({ pass, order }, cuts) => {
        const signal = wavy(400);
        const sections = butterworth({ pass, order, cutoffs: pass === 'low' || pass === 'high' ? [9] : [4, 13] }, rate);
        const whole = new Float64Array(signal.length);
        createSosFilter(sections).run(signal, whole);
        const pieces = new Float64Array(signal.length);
        const filter = createSosFilter(sections);
        let from = 0;
        for (const cut of [...cuts, signal.length]) {
          const to = Math.min(signal.length, from + cut);
          filter.run(signal, pieces, from, to);
          from = to;
        }
        expect(pieces).toEqual(whole);
        const single = createSosFilter(sections);
        expect(signal.map((sample) => single.step(sample))).toEqual(whole);
        const inPlace = signal.slice();
        createSosFilter(sections).run(inPlace, inPlace);
        expect(inPlace).toEqual(whole);
      }),
    );
  });

  it('lets a level pass without a transient where it is told of it', () => {
    const filter = createSosFilter(butterworth({ pass: 'low', order: 6, cutoffs: [3] }, rate));
    filter.reset(21.5);
    for (let n = 0; n < 50; n++) expect(filter.step(21.5)).toBeCloseTo(21.5, 9);
    const high = createSosFilter(butterworth({ pass: 'high', order: 3, cutoffs: [3] }, rate));
    high.reset(21.5);
    for (let n = 0; n < 50; n++) expect(high.step(21.5)).toBeCloseTo(0, 9);
  });
});

/** |H|² at a frequency, from the sections themselves. */
function powerAt(sections: ReturnType<typeof butterworth>, frequency: number): number {
  const angle = (2 * Math.PI * frequency) / rate;
  const square = (c0: number, c1: number, c2: number) =>
    (c0 + c1 * Math.cos(angle) + c2 * Math.cos(2 * angle)) ** 2 +
    (c1 * Math.sin(angle) + c2 * Math.sin(2 * angle)) ** 2;
  return sections.reduce((all, { b0, b1, b2, a1, a2 }) => (all * square(b0, b1, b2)) / square(1, a1, a2), 1);
}
