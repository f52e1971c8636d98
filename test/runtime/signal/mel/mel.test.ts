import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createFilterBank } from '../../../../runtime/signal/mel/filter-bank.ts';
import { createMelEnergies } from '../../../../runtime/signal/mel/mel-energies.ts';
import { fromMel, toMel } from '../../../../runtime/signal/mel/mel.ts';
import { takeSlidingMean } from '../../../../runtime/signal/mel/take-sliding-mean.ts';
import { block } from '../../../../runtime/signal/schema.ts';
import { featuresOf, wavy, windowOf } from '../support.ts';

// By hand: 4000 Hz are 2146.06 mel; thirds of it 620.6 and 1791.4 Hz; ⌊17 f / 8000⌋ of 0, 620.6, 1791.4, 4000 are 0, 1, 3, 8.
const settings = { filters: 2, size: 16, rate: 8000, low: 0, high: 4000 };

describe('the mel scale', () => {
  it("is HTK's", () => {
    expect(toMel(0)).toBe(0);
    expect(toMel(700)).toBeCloseTo(781.17284, 5);
    expect(toMel(1000)).toBeCloseTo(999.985537, 5);
    expect(toMel(4000)).toBeCloseTo(2146.064528, 5);
    for (const hertz of [20, 440, 8000]) expect(fromMel(toMel(hertz))).toBeCloseTo(hertz, 9);
  });
});

describe('the mel filters', () => {
  const weigh = (bin: number) => {
    const powers = new Float64Array(9);
    powers[bin] = 1;
    const energies = new Float64Array(2);
    createFilterBank(settings).run(powers, energies);
    return [...energies];
  };

  it('are triangles between whole bins', () => {
    const wanted = [
      [0, 0],
      [1, 0],
      [0.5, 0.5],
      [0, 1],
      [0, 0.8],
      [0, 0.6],
      [0, 0.4],
      [0, 0.2],
      [0, 0],
    ];
    wanted.forEach((weights, bin) =>
      weights.forEach((weight, filter) => expect(weigh(bin)[filter]).toBeCloseTo(weight, 12)),
    );
  });

  it('keep all the energy between the middles of the first and the last', () => {
    const many = { filters: 20, size: 512, rate: 8000, low: 100, high: 4000 };
    const { centres } = createFilterBank(many);
    const bin = (hertz: number) => Math.floor((513 * hertz) / 8000);
    const [from, to] = [bin(centres[0] ?? NaN), bin(centres[19] ?? NaN)];
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 10, noNaN: true }), { minLength: 257, maxLength: 257 }),
        (given) => {
          const powers = Float64Array.from(given, (power, at) => (at >= from && at <= to ? power : 0));
          const energies = new Float64Array(20);
          createFilterBank(many).run(powers, energies);
          const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
          expect(sum(energies)).toBeCloseTo(sum(powers), 6);
        },
      ),
    );
  });
});

describe('mel energies', () => {
  it('of a click are those of a flat spectrum', () => {
    const click = new Float64Array(16);
    click[5] = 1;
    const mel = createMelEnergies({ ...settings, length: 16, frame: 16, hop: 16, emphasis: 0 });
    const energies = new Float64Array(2);
    mel.load(click);
    // One 16th in each of the nine bins, and weights of 1.5 and 3.5.
    expect(mel.frame(0, energies)).toBeCloseTo(9 / 16, 12);
    expect(energies[0]).toBeCloseTo(1.5 / 16, 12);
    expect(energies[1]).toBeCloseTo(3.5 / 16, 12);
  });

  it('of a frame are together half the sum of its squares (Parseval: the other half lies at negative frequencies)', () => {
    const sine = Float64Array.from({ length: 64 }, (_, n) => 2 * Math.sin((2 * Math.PI * 5 * n) / 64));
    const mel = createMelEnergies({ ...settings, size: 64, length: 64, frame: 64, hop: 64, emphasis: 0 });
    mel.load(sine);
    expect(mel.frame(0, new Float64Array(2))).toBeCloseTo(128 / 2, 9);
  });

  it('are of as many frames as the window has begun', () => {
    const frames = (length: number) =>
      createMelEnergies({ ...settings, length, frame: 16, hop: 8, emphasis: 0 }).frames;
    expect([16, 17, 24, 25, 64].map(frames)).toEqual([1, 2, 2, 3, 7]);
  });
});

describe('the sliding mean', () => {
  const taken = (rows: number[], width: number, over: number) => {
    const into = new Float64Array(rows.length);
    takeSlidingMean(Float64Array.from(rows), width, over, into);
    return [...into];
  };

  it('is that of the rows around each, mirrored at the ends', () => {
    const expectRows = (found: number[], wanted: number[]) =>
      wanted.forEach((value, index) => expect(found[index]).toBeCloseTo(value, 12));
    expectRows(taken([1, 2, 6], 1, 3), [1 - 4 / 3, 2 - 3, 6 - 14 / 3]);
    expectRows(taken([1, 2, 6], 1, 5), [1 - 12 / 5, 2 - 16 / 5, 6 - 17 / 5]);
    expectRows(taken([1, 10, 2, 20, 6, 60], 2, 3), [-1 / 3, -10 / 3, -1, -10, 4 / 3, 40 / 3]);
    expect(taken([4, 7], 2, 9)).toEqual([0, 0]);
  });
});

describe('MFE and MFCC of a louder sound', () => {
  const rate = 1000;
  const common = { channels: ['mic'], frame: 0.1, hop: 0.05, filters: 6, summary: 'frames' };
  const of = (more: object, gain: number) =>
    Object.entries(
      featuresOf(
        [block.parse({ ...common, ...more })],
        windowOf({ mic: wavy(700).map((value) => value * gain) }, rate),
      ),
    );

  /** By how much a feature grows when the sound gets four times as loud. */
  const growth = (more: object) => {
    const loud = new Map(of(more, 4));
    return of(more, 1).map(([name, value]) => [name, (loud.get(name) ?? NaN) - value] as const);
  };

  it('grow by the gain in dB, in every band', () => {
    for (const [, grown] of growth({ type: 'mfe' })) expect(grown).toBeCloseTo(20 * Math.log10(4), 9);
  });

  it('differ in the first coefficient alone', () => {
    for (const energy of [true, false]) {
      // Of the orthonormal transform, a constant c in N filters is c √N.
      const first = energy ? Math.log(16) : Math.log(16) * Math.sqrt(6);
      for (const [name, grown] of growth({ type: 'mfcc', coefficients: 5, energy }))
        expect(grown, name).toBeCloseTo(name.startsWith('mfcc_0_') ? first : 0, 9);
    }
  });

  it('do not differ when the mean of the frames around is taken off', () => {
    const features = { type: 'mfcc', coefficients: 5, meanFrames: 5 };
    for (const [name, grown] of growth(features)) expect(grown, name).toBeCloseTo(0, 9);
    expect(of(features, 1).some(([, value]) => Math.abs(value) > 0.1)).toBe(true);
  });

  it('refuses an even number of frames, naming it', () => {
    expect(block.safeParse({ ...common, type: 'mfcc', meanFrames: 4 }).error?.issues[0]?.path).toEqual(['meanFrames']);
  });
});
