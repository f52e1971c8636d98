import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  createCosineTransform,
  createEnvelope,
  createPeakFinder,
  zeroCrossings,
} from '../../../runtime/numerics/index.ts';
import { createDecomposition, mostLevels } from '../../../runtime/signal/wavelets/decompose.ts';
import { SCALING_FILTERS } from '../../../runtime/signal/wavelets/scaling-filters.ts';
import { type Wavelet, WAVELETS } from '../../../runtime/signal/wavelets/wavelets.ts';
import { type Block, block as blockSchema } from '../../../runtime/signal/schema.ts';
import { featuresOf, wavy, windowOf } from './support.ts';

interface Reference {
  readonly input: readonly number[];
  readonly peaks: readonly {
    readonly height: number | null;
    readonly distance: number | null;
    readonly prominence: number | null;
    readonly places: readonly number[];
    readonly prominences: readonly number[];
  }[];
  readonly plateau: { readonly input: readonly number[]; readonly places: readonly number[] };
  readonly hilbert: Readonly<Record<string, readonly number[]>>;
  readonly dct: readonly number[];
  readonly mel: Readonly<
    Record<'rate' | 'frame' | 'hop' | 'filters' | 'size' | 'low' | 'high' | 'emphasis', number>
  > & {
    readonly coefficients: number;
    readonly lifter: number;
    readonly energies: readonly (readonly number[])[];
    readonly mfcc: readonly (readonly number[])[];
  };
  readonly wavelets: readonly {
    readonly wavelet: Wavelet;
    readonly length: number;
    readonly levels: number;
    readonly parts: readonly (readonly number[])[];
  }[];
}

const reference = JSON.parse(readFileSync(new URL('./data/descriptions.json', import.meta.url), 'utf8')) as Reference;
const { input } = reference;

function expectClose(found: ArrayLike<number>, expected: ArrayLike<number>) {
  expect(found.length).toBe(expected.length);
  for (let n = 0; n < expected.length; n++) {
    const wanted = expected[n] as number;
    expect(Math.abs((found[n] as number) - wanted)).toBeLessThanOrEqual(Math.max(1e-6 * Math.abs(wanted), 1e-9));
  }
}

const parse = (block: object): Block => blockSchema.parse(block);

describe('peaks', () => {
  it.each(reference.peaks)('are those of scipy: $height $distance $prominence', ({ places, prominences, ...rules }) => {
    const finder = createPeakFinder(input.length, {
      ...(rules.height !== null && { height: rules.height }),
      ...(rules.distance !== null && { distance: rules.distance }),
      ...(rules.prominence !== null && { prominence: rules.prominence }),
    });
    const count = finder.find(input);
    expect([...finder.places.subarray(0, count)]).toEqual(places);
    expectClose(finder.prominences.subarray(0, count), prominences);
  });

  it('with a flat top count once, and at the ends not at all', () => {
    const { input: flat, places } = reference.plateau;
    const finder = createPeakFinder(flat.length);
    expect([...finder.places.subarray(0, finder.find(flat))]).toEqual(places);
  });

  it('of a window are counted, and silence has none', () => {
    const sine = Float64Array.from({ length: 200 }, (_, n) => Math.sin((2 * Math.PI * n) / 20) + 3);
    const features = featuresOf([parse({ type: 'peaks', channels: ['x'] })], windowOf({ x: sine }, 100));
    expect(features['peaks_count_x']).toBe(10);
    expect(features['peaks_interval_x']).toBeCloseTo(0.2, 9);
    expect(features['peaks_height_x']).toBeCloseTo(1, 6);
    expect(features['peaks_prominence_x']).toBeCloseTo(2, 6);
    const rest = featuresOf([parse({ type: 'peaks', channels: ['x'] })], windowOf({ x: new Float64Array(50) }, 100));
    expect(Object.values(rest)).toEqual([0, 0, 0, 0]);
  });
});

describe('zero crossings', () => {
  it('do not depend on the size of a signal, and noise within the dead band makes none', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -9, max: 9 })), fc.integer({ min: 1, max: 1000 }), (values, factor) => {
        expect(zeroCrossings(values.map((value) => value * factor))).toBe(zeroCrossings(values));
      }),
    );
    expect(zeroCrossings([1, -1, 1, -1])).toBe(3);
    expect(zeroCrossings([5, 0.1, -0.1, 0.1, -5, 0.1, 5], 0.5)).toBe(2);
  });

  it('of a window are counted around its mean, and per second', () => {
    const sine = Float64Array.from({ length: 200 }, (_, n) => Math.sin((2 * Math.PI * (n + 0.5)) / 20) + 3);
    const features = featuresOf([parse({ type: 'zero-crossings', channels: ['x'] })], windowOf({ x: sine }, 100));
    expect(features).toEqual({ zero_crossings_x: 19, zero_crossing_rate_x: 9.5 });
  });
});

describe('the envelope', () => {
  it.each(Object.entries(reference.hilbert))('is that of scipy, of %s lengths', (_, wanted) => {
    const values = Float64Array.from(input.slice(0, wanted.length));
    createEnvelope(wanted.length).run(values, values);
    expectClose(values, wanted);
  });

  it('of a beating tone is the beat', () => {
    const beat = (n: number) => 1 + 0.5 * Math.sin((2 * Math.PI * n) / 128);
    const tone = Float64Array.from({ length: 256 }, (_, n) => beat(n) * Math.sin((2 * Math.PI * n) / 8));
    const window = windowOf({ x: tone }, 256);
    const maxima = (blocks: object[]) =>
      featuresOf(
        [...blocks.map(parse), parse({ type: 'statistics', channels: ['x'], measures: ['min', 'max'] })],
        window,
      );
    expect(maxima([{ type: 'envelope', channels: ['x'] }])['min_x']).toBeCloseTo(0.5, 3);
    expect(maxima([{ type: 'envelope', channels: ['x'] }])['max_x']).toBeCloseTo(1.5, 3);
    const rectified = maxima([{ type: 'envelope', channels: ['x'], method: 'rectify', cutoff: 8 }]);
    // The mean of a rectified sine is 2/π of its amplitude.
    expect(rectified['max_x']).toBeGreaterThan(0.75);
    expect(rectified['max_x']).toBeLessThan(1.1);
  });
});

describe('sounds', () => {
  const { energies, mfcc, rate, coefficients, lifter, ...settings } = reference.mel;
  const window = windowOf({ mic: input }, rate);
  const common = { channels: ['mic'], ...settings, summary: 'frames' };

  it('have the mel energies that python_speech_features defines', () => {
    const features = featuresOf([parse({ type: 'mfe', floor: -150, ...common })], window);
    expectClose(
      Object.values(features),
      energies.flat().map((energy) => 10 * Math.log10(energy)),
    );
    expect(Object.keys(features)[0]).toBe('mfe_0_frame_0_mic');
  });

  it('have the cepstral coefficients that python_speech_features defines', () => {
    const features = featuresOf([parse({ type: 'mfcc', coefficients, lifter, ...common })], window);
    expectClose(Object.values(features), mfcc.flat());
  });

  it('are summed up over frames', () => {
    const features = featuresOf(
      [parse({ type: 'mfcc', coefficients, lifter, ...common, summary: 'mean-std' })],
      window,
    );
    expect(Object.keys(features)).toHaveLength(2 * coefficients);
    const third = mfcc.map((frame) => frame[2] ?? NaN);
    const mean = third.reduce((sum, value) => sum + value, 0) / third.length;
    expect(features['mfcc_2_mic']).toBeCloseTo(mean, 9);
    const squares = third.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    expect(features['mfcc_2_std_mic']).toBeCloseTo(Math.sqrt(squares / third.length), 9);
  });

  it('that are silence are numbers', () => {
    const silence = windowOf({ mic: new Float64Array(400) }, rate);
    for (const type of ['mfe', 'mfcc']) {
      const features = featuresOf([parse({ type, coefficients: 5, ...common })], silence);
      expect(Object.values(features).every(Number.isFinite)).toBe(true);
    }
  });

  it.each([
    [{ frame: 0.5 }, 'frame'],
    [{ hop: 0.0001 }, 'hop'],
    [{ size: 32 }, 'size'],
    [{ high: 600 }, 'high'],
    [{ low: 460 }, 'low'],
    [{ filters: 60 }, 'filters'],
  ])('are refused with parameters that do not fit: %o', (wrong, name) => {
    expect(() => featuresOf([parse({ type: 'mfe', ...common, ...wrong })], window)).toThrow(
      expect.objectContaining({
        code: 'RECIPE_INVALID',
        message: expect.stringContaining(`blocks.0.${name}`) as string,
      }),
    );
  });

  it('have cosine transforms as scipy has them', () => {
    const found = new Float64Array(20);
    createCosineTransform(20, 20).run(Float64Array.from(input.slice(0, 20)), found, 0);
    expectClose(found, reference.dct);
  });
});

describe('wavelets', () => {
  it.each(reference.wavelets)(
    'take a signal apart as convolutions do: $wavelet',
    ({ wavelet, length, levels, parts }) => {
      const decomposition = createDecomposition(length, wavelet, levels);
      decomposition.run(Float64Array.from(input.slice(0, length)));
      expect(decomposition.parts).toHaveLength(parts.length);
      decomposition.parts.forEach((part, index) => expectClose(part, parts[index] ?? []));
    },
  );

  it.each(WAVELETS)('are orthonormal, with as many vanishing moments as they should: %s', (wavelet) => {
    const filter = SCALING_FILTERS[wavelet];
    const at = (n: number) => filter[n] ?? 0;
    for (let shift = 0; shift < filter.length; shift += 2) {
      const product = filter.reduce((sum, value, n) => sum + value * at(n + shift), 0);
      expect(product).toBeCloseTo(shift === 0 ? 1 : 0, 12);
    }
    for (let moment = 0; moment < filter.length / 2; moment++) {
      const sum = filter.reduce((all, value, n) => all + (-1) ** n * (n / filter.length) ** moment * value, 0);
      expect(sum).toBeCloseTo(0, 9);
    }
  });

  it('keep the energy of a signal', () => {
    // Mirrored ends count twice: far from them nothing does.
    const padded = new Float64Array(512);
    padded.set(wavy(256), 128);
    const decomposition = createDecomposition(512, 'db4', 3);
    decomposition.run(padded);
    const energy = (values: Float64Array) => values.reduce((sum, value) => sum + value * value, 0);
    expect(decomposition.parts.reduce((sum, part) => sum + energy(part), 0)).toBeCloseTo(energy(padded), 6);
  });

  it('say in which part a tone lies, and refuse more levels than there are', () => {
    const fast = Float64Array.from({ length: 128 }, (_, n) => (n % 2 === 0 ? 1 : -1));
    const block = { type: 'wavelet', channels: ['x'], wavelet: 'db2', measures: ['share', 'entropy', 'crossings'] };
    const features = featuresOf([parse(block)], windowOf({ x: fast }, 100));
    expect(features['wavelet_d1_share_x']).toBeGreaterThan(0.95);
    expect(features['wavelet_a3_share_x']).toBeLessThan(0.05);
    expect(mostLevels(128, 'db2')).toBe(5);
    expect(() => featuresOf([parse({ ...block, levels: 6 })], windowOf({ x: fast }, 100))).toThrow(/at most 5 levels/);
    const rest = featuresOf([parse(block)], windowOf({ x: new Float64Array(128) }, 100));
    expect(Object.values(rest).every((value) => value === 0)).toBe(true);
  });
});

describe('flatten, and what changes each sample', () => {
  const window = windowOf({ x: [1, 2, 3, 4, 10] }, 1);
  const minMax = { type: 'statistics', channels: ['x'], measures: ['min', 'max'] };
  const after = (change: object) => Object.values(featuresOf([parse(change), parse(minMax)], window));

  it('flatten gives the seven values of Edge Impulse, scaled', () => {
    expect(featuresOf([parse({ type: 'flatten', channels: ['x'], scale: 2 })], window)).toEqual({
      flat_average_x: 8,
      flat_minimum_x: 2,
      flat_maximum_x: 20,
      flat_rms_x: Math.sqrt(520 / 5),
      flat_stdev_x: Math.sqrt(40),
      flat_skewness_x: expect.closeTo(1.1384199576606164, 12) as number,
      flat_kurtosis_x: expect.closeTo(-0.212, 12) as number,
    });
  });

  it('scale, log and normalise do what they say', () => {
    expect(after({ type: 'scale', channels: ['x'], factor: 1.8, offset: 32 })).toEqual([33.8, 50]);
    expect(after({ type: 'log', channels: ['x'], floor: 1e-12 })[1]).toBeCloseTo(1, 9);
    expect(after({ type: 'log', channels: ['x'], base: 'e', floor: 1, signed: true })[0]).toBeCloseTo(Math.log(2), 12);
    expect(after({ type: 'normalise', channels: ['x'], by: 'min-max' })).toEqual([0, 1]);
    expect(after({ type: 'normalise', channels: ['x'] })[1]).toBeCloseTo(6 / Math.sqrt(10), 12);
    expect(after({ type: 'normalise', channels: ['x'], by: 'robust' })[1]).toBeCloseTo(7 / (2 / 1.3489795), 6);
    expect(after({ type: 'normalise', channels: ['x'], by: 'given', centre: 1, spread: 3 })).toEqual([0, 3]);
  });

  it('a channel that does not move becomes 0, whatever it is normalised by', () => {
    const still = windowOf({ x: new Float64Array(8).fill(7) }, 1);
    for (const by of ['z-score', 'min-max', 'robust']) {
      const block = parse({ type: 'normalise', channels: ['x'], by });
      expect(Object.values(featuresOf([block, parse(minMax)], still))).toEqual([0, 0]);
    }
  });
});
