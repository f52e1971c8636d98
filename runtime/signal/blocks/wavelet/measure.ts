import { maximum, mean, quantile, rootMeanSquare, standardDeviation, zeroCrossings } from '../../../numerics/index.ts';
import type { WaveletMeasure } from './schema.ts';

/** One part of a decomposition, as its measures want it. */
export interface WaveletPart {
  readonly values: Float64Array;
  /** The same, ascending; only filled where a measure asks for it. */
  readonly sorted: Float64Array;
  /** The sum of its squares. */
  energy: number;
}

/** Shannon's, of the shares of the energy, in nats; 0 of silence. */
function entropyOf({ values, energy }: WaveletPart): number {
  if (energy === 0) return 0;
  let entropy = 0;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    const share = (value * value) / energy;
    if (share > 0) entropy -= share * Math.log(share);
  }
  return entropy;
}

/** @param whole energy of all parts */
export const MEASURE: Readonly<Record<WaveletMeasure, (part: WaveletPart, whole: number) => number>> = {
  energy: ({ energy }) => energy,
  share: ({ energy }, whole) => (whole > 0 ? energy / whole : 0),
  mean: ({ values }) => mean(values),
  std: ({ values }) => standardDeviation(values),
  rms: ({ values }) => rootMeanSquare(values),
  max: ({ values }) => maximum(values),
  entropy: entropyOf,
  crossings: ({ values }) => zeroCrossings(values),
  p5: ({ sorted }) => quantile(sorted, 0.05),
  p25: ({ sorted }) => quantile(sorted, 0.25),
  median: ({ sorted }) => quantile(sorted, 0.5),
  p75: ({ sorted }) => quantile(sorted, 0.75),
  p95: ({ sorted }) => quantile(sorted, 0.95),
};

/** Which of them ask for the values in order. */
export const SORTED: readonly WaveletMeasure[] = ['p5', 'p25', 'median', 'p75', 'p95'];
