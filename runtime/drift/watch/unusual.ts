import type { ReferenceRows } from '../types.ts';

/** How little a row looks like the reference, and why. */
export interface Unusual {
  /** Root mean square of its deviations from the reference's means, in standard deviations: about 1 of a usual row. */
  readonly score: number;
  /** "temperature is 5.2 standard deviations above its mean" */
  readonly why: string;
}

/** An unusual row, and what it came with. */
export interface UnusualFound {
  readonly carrier: object;
  readonly unusual: Unusual;
}

/** Finds the rows that look least like the reference, for a person to label. Of bounded size. */
export interface UnusualRows {
  /** A row that belongs to the reference: where it is learned from the stream. */
  learn(row: Float64Array): void;
  /**
   * Takes a row that is compared.
   *
   * @param carrier what the row came with
   * @param drifting whether the newest window is unusual
   * @returns once a window the row that lies furthest out: while it drifts, if few of the reference do so; else only if none does
   */
  take(row: Float64Array, carrier: object, drifting: boolean): UnusualFound | undefined;
  save(): unknown;
}

interface UnusualSaved {
  readonly count: number;
  readonly means: Float64Array;
  readonly squares: Float64Array;
  readonly counts: Float64Array;
  readonly most: number;
  readonly usual: readonly [count: number, mean: number, squares: number];
  readonly taken: number;
  readonly calm: number;
}

/** Windows from one sample to the next while nothing drifts. */
const CALM_WINDOWS = 4;
/** Rows of a stream until its spread is known well enough to say what is far. */
const ENOUGH = 30;
/** While something drifts: standard deviations above the mean of the reference's scores. */
const HIGH = 2;
/** A value of what never changed, or a category that is new: so many standard deviations. */
const NEVER = 10;

interface UnusualOptions {
  readonly names: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly window: number;
  readonly reference?: ReferenceRows;
  readonly saved?: unknown;
}

export function createUnusualRows({ names, categories, window, reference, saved }: UnusualOptions): UnusualRows {
  const columns = names.length;
  const before = saved as UnusualSaved | undefined;
  const means = before?.means.slice() ?? new Float64Array(columns);
  const squares = before?.squares.slice() ?? new Float64Array(columns);
  const counts = before?.counts.slice() ?? new Float64Array(columns);
  const isCategory = names.map((name) => Object.hasOwn(categories, name));
  const known = names.map((name) => (reference?.categories?.[name] ?? categories[name] ?? []).length);
  let count = before?.count ?? 0;
  /** The furthest that a row of the reference lay out. */
  let most = before?.most ?? 0;
  /** Of the scores of the reference: how many, their mean, and the sum of their squared deviations. */
  const usual = [...(before?.usual ?? [0, 0, 0])] as [number, number, number];
  let taken = before?.taken ?? 0;
  let calm = before?.calm ?? 0;
  let best: { carrier: object; unusual: Unusual } | undefined;

  /** Welford's running mean and sum of squares. */
  const spread = (row: ArrayLike<number>) => {
    count++;
    for (let c = 0; c < columns; c++) {
      const value = row[c] ?? NaN;
      if (Number.isNaN(value)) continue;
      const many = (counts[c] ?? 0) + 1;
      counts[c] = many;
      const off = value - (means[c] ?? 0);
      means[c] = (means[c] ?? 0) + off / many;
      squares[c] = (squares[c] ?? 0) + off * (value - (means[c] ?? 0));
    }
  };
  const deviation = (row: ArrayLike<number>, c: number): number => {
    const value = row[c] ?? NaN;
    if (Number.isNaN(value)) return NaN;
    if (isCategory[c]) return value < (known[c] ?? 0) ? 0 : NEVER;
    const off = value - (means[c] ?? 0);
    const variance = (squares[c] ?? 0) / Math.max(1, (counts[c] ?? 0) - 1);
    if (variance > 0) return off / Math.sqrt(variance);
    return off === 0 ? 0 : Math.sign(off) * NEVER;
  };
  const scoreOf = (row: ArrayLike<number>): number => {
    let sum = 0;
    let many = 0;
    for (let c = 0; c < columns; c++) {
      const off = deviation(row, c);
      if (Number.isNaN(off)) continue;
      sum += off * off;
      many++;
    }
    return many === 0 ? 0 : Math.sqrt(sum / many);
  };
  const why = (row: ArrayLike<number>): string => {
    let far = 0;
    for (let c = 1; c < columns; c++) {
      if (Math.abs(deviation(row, c) || 0) > Math.abs(deviation(row, far) || 0)) far = c;
    }
    const name = names[far] ?? '';
    const off = deviation(row, far) || 0;
    if (isCategory[far])
      return `${name} is "${categories[name]?.[row[far] ?? -1] ?? ''}", which the reference does not know`;
    if ((squares[far] ?? 0) === 0) return `${name} is ${row[far]}, and was always ${means[far]} in the reference`;
    return `${name} is ${Math.abs(off).toFixed(1)} standard deviations ${off < 0 ? 'below' : 'above'} its mean`;
  };

  const learnScore = (score: number) => {
    most = Math.max(most, score);
    const off = score - usual[1];
    usual[0]++;
    usual[1] += off / usual[0];
    usual[2] += off * (score - usual[1]);
  };
  /** What few rows of the reference exceed. */
  const high = () => usual[1] + HIGH * Math.sqrt(usual[2] / Math.max(1, usual[0] - 1));

  if (reference && !before) {
    for (const row of reference.rows) spread(row);
    for (const row of reference.rows) learnScore(scoreOf(row));
  }

  return {
    learn(row) {
      spread(row);
      if (count >= ENOUGH) learnScore(scoreOf(row));
    },
    take(row, carrier, drifting) {
      taken++;
      const score = scoreOf(row);
      if (!best || score > best.unusual.score) best = { carrier, unusual: { score, why: why(row) } };
      if (taken < window) return undefined;
      taken = 0;
      calm++;
      const furthest = best;
      best = undefined;
      if (furthest.unusual.score <= (drifting ? high() : most)) return undefined;
      if (!drifting && calm < CALM_WINDOWS) return undefined;
      calm = 0;
      return furthest;
    },
    save: (): UnusualSaved => ({ count, means, squares, counts, most, usual: [...usual], taken, calm }),
  };
}
