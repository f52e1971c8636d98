/**
 * Samples a second that a recipe takes of a stream of readings, one at a time: ours beside a plain version. A second is one of
 * processor time, garbage collection included: what a core carries, whoever else uses the machine.
 */
import { createWindow, prepareRecipe, type Recipe } from '../../runtime/signal/index.ts';
import { type Aim, median, type Row } from '../support/report.ts';
import { createPlain, type Reading } from './plain.ts';

const RATE = 100;
const READINGS = 200_000;
const ROUNDS = 7;
const CHANNELS = ['x', 'y', 'z'];
const CASES = [
  [128, 128],
  [128, 64],
  [128, 32],
  [100, 25],
] as const;
/** How far the two may differ, of the larger one or absolutely. */
const TOLERANCE = 1e-6;

/** What is timed: it takes readings, and gives the features of the last window. */
type Candidate = (readings: readonly Reading[]) => ArrayLike<number>;

const recipeOf = (length: number, stride: number): Recipe => ({
  ...{ channels: CHANNELS, rate: RATE, length, stride },
  blocks: [
    {
      ...{ type: 'statistics', channels: CHANNELS, detrend: 'none' },
      measures: ['mean', 'std', 'min', 'max', 'rms', 'skewness', 'kurtosis'],
    },
    {
      ...{ type: 'spectral-features', channels: CHANNELS, scale: 1, filter: 'none', cutoff: 3, order: 6 },
      ...{ size: 16, log: true, overlap: true },
    },
  ],
});

const start = 1_700_000_000_000;
const timeOf = (index: number) => start + (1000 * index) / RATE;

function ours(length: number, stride: number): Candidate {
  const recipe = prepareRecipe(recipeOf(length, stride));
  return (readings) => {
    const window = createWindow({ length, stride, rate: RATE, channels: CHANNELS });
    let features: ArrayLike<number> = [];
    for (let index = 0; index < readings.length; index++) {
      const full = window.push({ payload: readings[index] as Reading, time: timeOf(index) });
      if (full) features = recipe.run(full.payload);
    }
    return features;
  };
}

function plain(length: number, stride: number): Candidate {
  return (readings) => {
    const window = createPlain(length, stride);
    let features: number[] = [];
    for (const reading of readings) features = window.push(reading) ?? features;
    return features;
  };
}

export async function run(): Promise<{ rows: Row[]; aims: Aim[] }> {
  const readings = vibration(READINGS);
  const rows: Row[] = [];
  const rates: number[] = [];
  const ratios: number[] = [];
  for (const [length, stride] of CASES) {
    const candidates = [ours(length, stride), plain(length, stride)] as const;
    agree(candidates[0](readings), candidates[1](readings));
    const rounds = Array.from({ length: ROUNDS }, () => candidates.map((candidate) => perSecond(candidate, readings)));
    const [own, other] = [median(rounds.map(([rate]) => rate ?? NaN)), median(rounds.map(([, rate]) => rate ?? NaN))];
    rates.push(own);
    ratios.push(median(rounds.map(([a = NaN, b = NaN]) => a / b)));
    rows.push({
      what: `window of ${length}, stride ${stride}`,
      'ours, samples/s': Math.round(own),
      'ours, values/s': Math.round(own * CHANNELS.length),
      'plain, samples/s': Math.round(other),
      'ours / plain': Number((ratios.at(-1) ?? NaN).toFixed(1)),
    });
  }
  return {
    rows,
    aims: [
      // A sample is one instant of three channels. Of all cases, the slowest counts.
      { name: 'slowest case', value: Math.min(...rates), unit: 'samples/s on a core', op: '>=', target: 1_000_000 },
      { name: 'least gain', value: Math.min(...ratios), unit: '× plain', op: '>=', target: 5 },
    ],
  };
}

function perSecond(candidate: Candidate, readings: readonly Reading[]): number {
  const before = process.cpuUsage();
  candidate(readings);
  const { user, system } = process.cpuUsage(before);
  return (1e6 * readings.length) / (user + system);
}

function agree(a: ArrayLike<number>, b: ArrayLike<number>): void {
  const differs = Array.from(a).findIndex((value, index) => {
    const other = b[index] ?? NaN;
    return !(Math.abs(value - other) <= TOLERANCE * Math.max(1, Math.abs(value), Math.abs(other)));
  });
  if (a.length === b.length && a.length > 0 && differs < 0) return;
  throw new Error(`ours and plain differ: ${a.length} and ${b.length} features; ${a[differs]} and ${b[differs]}`);
}

/** A vibration with a hum and some noise, always the same. */
function vibration(count: number): Reading[] {
  let state = 1;
  const noise = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  return Array.from({ length: count }, (_, n) => ({
    x: Math.sin(n * 0.7) + 0.3 * noise(),
    y: 0.5 * Math.sin(n * 1.9 + 1) + 0.3 * noise(),
    z: 9.81 + 0.2 * Math.sin(n * 0.11) + 0.3 * noise(),
  }));
}
