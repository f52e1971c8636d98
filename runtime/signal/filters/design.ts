/** What a Butterworth filter lets through. Safe in the browser. */
export const PASSES = ['low', 'high', 'band', 'stop'] as const;
export type Pass = (typeof PASSES)[number];

/** Above it, rounding spoils sharp filters, and nobody sees a difference. */
export const MAX_ORDER = 16;

export interface FilterDesign {
  /** `band`: between the two cut-offs; `stop`: all but what lies between them. */
  readonly pass: Pass;
  /** Of the low-pass prototype, 1 … 16; of `band` and `stop` the filter has twice as many poles. */
  readonly order: number;
  /** Hz: one of `low` and `high`, two ascending of `band` and `stop`. There the power is halved. */
  readonly cutoffs: readonly number[];
}

/** As it is called in a sentence. */
export const PASS_NAMES: Readonly<Record<Pass, string>> = {
  ...{ low: 'low-pass', high: 'high-pass', band: 'band-pass', stop: 'band-stop' },
};

/** What keeps this filter from being made for signals of this rate; `undefined` where nothing does. */
export function filterProblem({ pass, order, cutoffs }: FilterDesign, rate: number): string | undefined {
  if (!(rate > 0 && rate < Infinity)) return `a sample rate of ${rate} Hz`;
  if (!Number.isInteger(order) || order < 1 || order > MAX_ORDER) return `order ${order} is not 1 to ${MAX_ORDER}`;
  const wanted = pass === 'low' || pass === 'high' ? 1 : 2;
  if (cutoffs.length !== wanted) return `a ${PASS_NAMES[pass]} needs ${wanted} cut-off(s), got ${cutoffs.length}`;
  const [first = NaN, second = Infinity] = cutoffs;
  if (!(first > 0)) return `the cut-off ${first} Hz is not above 0`;
  if (wanted === 2 && !(second > first)) return `the upper cut-off ${second} Hz is not above the lower ${first} Hz`;
  const highest = wanted === 2 ? second : first;
  if (!(highest < rate / 2)) return `the cut-off ${highest} Hz is not below half the sample rate of ${rate} Hz`;
  return undefined;
}
