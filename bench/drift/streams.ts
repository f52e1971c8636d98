/** Healthy streams whose behaviour is known, ten features each, seeded and quick to make. */
import { seededRandom } from '../../runtime/numerics/index.ts';

export const FEATURES = 10;
/** Rows of a season: of ten thousand rows it is seen twenty times. */
const SEASON = 480;

export interface StreamKind {
  readonly name: string;
  /** Rows of a window. */
  readonly window: number;
  /** Puts the next row into `row`. */
  start(seed: number): (row: Float64Array) => void;
}

export const STREAMS: readonly StreamKind[] = [
  { name: 'i.i.d.', window: 100, start: autoregressive(0) },
  { name: 'AR(.5)', window: 100, start: autoregressive(0.5) },
  { name: 'AR(.9)', window: 300, start: autoregressive(0.9) },
  { name: 'AR(.97)', window: 300, start: autoregressive(0.97) },
  { name: 'seasonal', window: 100, start: seasonal },
];

/** Beside what was asked for: windows shorter than the stream's memory, skewed values, and a season that was never seen whole. */
export const HARDER: readonly StreamKind[] = [
  { name: 'AR(.9), window 30', window: 30, start: autoregressive(0.9) },
  { name: 'AR(.97), window 30', window: 30, start: autoregressive(0.97) },
  { name: 'exponential', window: 100, start: transformed((value) => -Math.log(1 - uniformOf(value))) },
  { name: 'log-normal', window: 100, start: transformed(Math.exp) },
];

function normals(seed: number): () => number {
  const random = seededRandom(seed);
  let spare = NaN;
  return () => {
    if (spare === spare) {
      const kept = spare;
      spare = NaN;
      return kept;
    }
    const radius = Math.sqrt(-2 * Math.log(1 - random()));
    const angle = 2 * Math.PI * random();
    spare = radius * Math.sin(angle);
    return radius * Math.cos(angle);
  };
}

/** x' = φ x + √(1 - φ²) ε: mean 0, standard deviation 1; φ = 0 is white noise. */
function autoregressive(phi: number): StreamKind['start'] {
  const fresh = Math.sqrt(1 - phi * phi);
  return (seed) => {
    const normal = normals(seed);
    const now = Float64Array.from({ length: FEATURES }, normal);
    return (row) => {
      for (let i = 0; i < FEATURES; i++) row[i] = now[i] = phi * (now[i] as number) + fresh * normal();
    };
  };
}

/** A sine of the height 1 and AR(.5) of the standard deviation .7; each feature has a phase of its own. */
function seasonal(seed: number): (row: Float64Array) => void {
  const noise = autoregressive(0.5)(seed);
  const random = seededRandom(seed + 1);
  const phases = Float64Array.from({ length: FEATURES }, () => 2 * Math.PI * random());
  let at = 0;
  return (row) => {
    noise(row);
    const angle = (2 * Math.PI * at++) / SEASON;
    for (let i = 0; i < FEATURES; i++) row[i] = Math.sin(angle + (phases[i] as number)) + 0.7 * (row[i] as number);
  };
}

function transformed(change: (value: number) => number): StreamKind['start'] {
  return (seed) => {
    const noise = autoregressive(0)(seed);
    return (row) => {
      noise(row);
      for (let i = 0; i < FEATURES; i++) row[i] = change(row[i] as number);
    };
  };
}

/** Distribution function of the normal distribution, to 1e-7. @see Abramowitz and Stegun 26.2.17 */
function uniformOf(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value));
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  const above = (Math.exp(-(value * value) / 2) / Math.sqrt(2 * Math.PI)) * tail;
  return Math.min(1 - 1e-12, value > 0 ? 1 - above : above);
}

export const NAMES = Array.from({ length: FEATURES }, (_, index) => `f${index}`);

export function take(count: number, next: (row: Float64Array) => void): Float64Array[] {
  return Array.from({ length: count }, () => {
    const row = new Float64Array(FEATURES);
    next(row);
    return row;
  });
}
