import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  type ChangeDetector,
  createAdwin,
  createCusum,
  createDdm,
  createEddm,
  createHddmA,
  createHddmW,
  createKswin,
  createPageHinkley,
} from '../../../../runtime/drift/index.ts';
import { seededRandom } from '../../../../runtime/numerics/index.ts';

interface Expected {
  readonly detector: 'adwin' | 'page_hinkley' | 'ddm' | 'eddm' | 'hddm_a' | 'hddm_w';
  readonly stream: string;
  readonly alarms: readonly number[];
  readonly parameters?: { readonly two_sided_test?: boolean };
}

const file = readFileSync(join(import.meta.dirname, '../data/change-streams.json'), 'utf8');
const { streams, expected } = JSON.parse(file) as {
  readonly streams: Readonly<Record<string, readonly number[]>>;
  readonly expected: readonly Expected[];
};

type Make = (saved?: unknown) => ChangeDetector;
const alarmsOf = (detector: ChangeDetector, values: Iterable<number>): number[] =>
  [...values].flatMap((value, index) => (detector.update(value) === 'change' ? [index] : []));
const code = (wanted: string) => expect.objectContaining({ code: wanted }) as Error;

describe('alarms of the reference streams', () => {
  it.each(expected)('of $detector on $stream are at $alarms', ({ detector, stream, alarms, parameters }) => {
    const makes = {
      adwin: createAdwin,
      page_hinkley: createPageHinkley,
      ddm: createDdm,
      eddm: createEddm,
      hddm_a: createHddmA,
      hddm_w: createHddmW,
    };
    // The two-sided test that the indices are published of follows a falling mean and does not tell it.
    const made = makes[detector](parameters?.two_sided_test === true ? { falling: 'followed' } : {});
    expect(alarmsOf(made, streams[stream] ?? [])).toEqual(alarms);
  });
});

/** Every detector, and what it may be given. */
const all: readonly { readonly name: string; readonly make: Make; readonly ofErrors: boolean }[] = [
  { name: 'adwin', make: (saved) => createAdwin({}, saved), ofErrors: false },
  { name: 'page-hinkley', make: (saved) => createPageHinkley({ threshold: 15 }, saved), ofErrors: false },
  { name: 'cusum', make: (saved) => createCusum({}, saved), ofErrors: false },
  { name: 'kswin', make: (saved) => createKswin({ alpha: 1e-5 }, saved), ofErrors: false },
  { name: 'ddm', make: (saved) => createDdm({}, saved), ofErrors: true },
  { name: 'eddm', make: (saved) => createEddm({}, saved), ofErrors: true },
  { name: 'hddm-a', make: (saved) => createHddmA({}, saved), ofErrors: true },
  { name: 'hddm-a, with falls', make: (saved) => createHddmA({ falling: 'alarm' }, saved), ofErrors: true },
  { name: 'hddm-w', make: (saved) => createHddmW({}, saved), ofErrors: true },
  { name: 'hddm-w, with falls', make: (saved) => createHddmW({ falling: 'alarm' }, saved), ofErrors: true },
];

/** Errors that grow from one in ten to six in ten; or, of numbers, values that rise by two deviations. */
function changing(seed: number, ofErrors: boolean, length = 1000, at = 500): number[] {
  const random = seededRandom(seed);
  const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  return Array.from({ length }, (_, n) =>
    ofErrors ? Number(random() < (n < at ? 0.1 : 0.6)) : normal() + (n < at ? 0 : 2),
  );
}

describe.each(all)('$name', ({ make, ofErrors }) => {
  it('finds a change soon after it has come', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const alarms = alarmsOf(make(), changing(seed, ofErrors));
      expect(alarms.find((index) => index >= 500)).toBeLessThan(650);
    }
  });

  it('goes on from what it has saved, through JSON, exactly where it stood', () => {
    const values = changing(3, ofErrors);
    const whole = make();
    const verdicts = values.map((value) => whole.update(value));
    let parted = make();
    const same = values.map((value, index) => {
      if (index % 97 === 96) parted = make(JSON.parse(JSON.stringify(parted.save())));
      return parted.update(value);
    });
    expect(same).toEqual(verdicts);
    expect(parted.save()).toEqual(whole.save());
  });

  it('is left alone by what happens to a saved state, and leaves it alone', () => {
    const detector = make();
    for (const value of changing(4, ofErrors, 300)) detector.update(value);
    const saved = detector.save();
    const text = JSON.stringify(saved);
    for (const value of changing(5, ofErrors, 300)) detector.update(value);
    expect(JSON.stringify(saved)).toBe(text);
    const restored = make(saved);
    for (const value of changing(5, ofErrors, 300)) restored.update(value);
    expect(JSON.stringify(saved)).toBe(text);
    expect(restored.save()).toEqual(detector.save());
  });

  it('forgets everything when told so', () => {
    const detector = make();
    for (const value of changing(6, ofErrors)) detector.update(value);
    detector.reset();
    expect(detector.save()).toEqual(make().save());
  });

  it('begins anew after a change', () => {
    const values = changing(7, ofErrors);
    const detector = make();
    const first = values.findIndex((value) => detector.update(value) === 'change');
    const [after, fresh] = [detector, make()];
    const rest = values.slice(first + 1);
    expect(rest.map((value) => after.update(value))).toEqual(rest.map((value) => fresh.update(value)));
  });

  it('does not grow with the stream', () => {
    const detector = make();
    const random = seededRandom(8);
    const size = () => JSON.stringify(detector.save()).length;
    const feed = (count: number) => {
      for (let n = 0; n < count; n++)
        detector.update(ofErrors ? Number(random() < 0.1) : Math.round(random() * 100) / 100);
    };
    feed(2_000);
    const before = size();
    feed(20_000);
    // ADWIN's histogram grows with the logarithm.
    expect(size()).toBeLessThan(2 * before + 500);
  });

  it('refuses what is no number and stands where it stood', () => {
    const detector = make();
    for (const value of changing(9, ofErrors, 100)) detector.update(value);
    const before = JSON.stringify(detector.save());
    for (const bad of [NaN, Infinity, -Infinity, ...(ofErrors ? [-1, 2] : [])]) {
      expect(() => detector.update(bad)).toThrow(code('DETECTOR_INPUT'));
    }
    expect(JSON.stringify(detector.save())).toBe(before);
  });

  it('refuses the state of another detector, of other settings, and what is none', () => {
    const other = createKswin({ window: 80, newest: 20 }).save();
    const damaged = { ...(make().save() as object), state: { count: 'x' } };
    for (const bad of [other, damaged, {}, null, 'x', 3, []]) expect(() => make(bad)).toThrow(code('DETECTOR_STATE'));
  });
});

describe('hddm', () => {
  const improved = [...changing(21, true, 500, 0), ...changing(22, true, 500, 500)];

  it.each([createHddmA, createHddmW])('alarms at a falling error rate only where it is asked to', (create) => {
    expect(alarmsOf(create({ falling: 'ignored' }), improved)).toEqual([]);
    expect(alarmsOf(create({ falling: 'followed' }), improved)).toEqual([]);
    const [first = NaN] = alarmsOf(create({ falling: 'alarm' }), improved);
    expect(first).toBeGreaterThanOrEqual(500);
    expect(first).toBeLessThan(650);
  });

  it.each([createHddmA, createHddmW])('finds a later rise sooner where it has followed the fall', (create) => {
    const worse = changing(23, true, 600, 100).map((value, n) =>
      n < 100 ? value : Number(value === 1 || n % 3 === 0),
    );
    const [followed = Infinity] = alarmsOf(create({ falling: 'followed' }), [...improved, ...worse]);
    const [ignored = Infinity] = alarmsOf(create({ falling: 'ignored' }), [...improved, ...worse]);
    expect(followed).toBeLessThanOrEqual(ignored);
  });
});

describe('page-hinkley', () => {
  it('looks up, down or both ways', () => {
    const values = [...Array<number>(100).fill(5), ...Array<number>(100).fill(3)];
    expect(alarmsOf(createPageHinkley({ threshold: 10 }), values)).toEqual([]);
    const [down] = alarmsOf(createPageHinkley({ threshold: 10, mode: 'down' }), values);
    expect(down).toBe(105);
    expect(alarmsOf(createPageHinkley({ threshold: 10, mode: 'both' }), values)).toContain(down);
  });
});

describe('cusum', () => {
  it('alarms when the sum of deviations less the slack is over the threshold, on either side', () => {
    const up = createCusum({ mean: 10, deviation: 2, slack: 0.5, threshold: 4 });
    // (13 - 10) / 2 - 0.5 = 1 a value: over 4 with the fifth.
    expect(alarmsOf(up, [13, 13, 13, 13, 13])).toEqual([4]);
    const down = createCusum({ mean: 10, deviation: 2, slack: 0.5, threshold: 4 });
    expect(alarmsOf(down, [7, 7, 7, 7, 7])).toEqual([4]);
  });

  it('runs as long between false alarms as the tables say', () => {
    const random = seededRandom(2);
    const normal = () => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    const detector = createCusum({ mean: 0, deviation: 1, slack: 0.5, threshold: 5 });
    const count = 200_000;
    let alarms = 0;
    for (let n = 0; n < count; n++) if (detector.update(normal()) === 'change') alarms++;
    // Montgomery, table 9.3: 465.
    expect(count / alarms).toBeGreaterThan(400);
    expect(count / alarms).toBeLessThan(530);
  });

  it('learns what is normal where it is not told, and takes any move of what never varied for a change', () => {
    const detector = createCusum({ learn: 20 });
    expect(alarmsOf(detector, [...Array<number>(30).fill(5), 5.001])).toEqual([30]);
  });
});

describe('kswin', () => {
  it('finds a change of the spread alone, which no test of means can', () => {
    const random = seededRandom(5);
    const values = Array.from({ length: 600 }, (_, n) => (random() - 0.5) * (n < 400 ? 1 : 12));
    const first = alarmsOf(createKswin({ alpha: 1e-4, window: 200, newest: 80 }), values)[0] ?? NaN;
    expect(first).toBeGreaterThanOrEqual(400);
    expect(first).toBeLessThan(480);
  });

  it('draws the same values of the same seed', () => {
    const values = changing(11, false);
    const [one, other] = [createKswin({ seed: 7 }), createKswin({ seed: 7 })];
    expect(alarmsOf(one, values)).toEqual(alarmsOf(other, values));
  });

  it('refuses a window that has too few values to draw', () => {
    expect(() => createKswin({ window: 40, newest: 30 })).toThrow(RangeError);
  });
});
