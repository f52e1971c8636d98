import type { Measure } from './schema.ts';
import type { Summary } from './summary.ts';

const rms = ({ square }: Summary): number => Math.sqrt(square);
const peak = ({ smallest, largest }: Summary): number => Math.max(0, Math.abs(smallest), Math.abs(largest));

/** They agree with the functions of numerics, to the byte. */
export const MEASURE: Readonly<Record<Measure, (summary: Summary) => number>> = {
  mean: ({ mean }) => mean,
  std: ({ m2 }) => Math.sqrt(m2),
  rms,
  min: ({ smallest }) => smallest,
  max: ({ largest }) => largest,
  peak,
  peak_to_peak: ({ smallest, largest }) => largest - smallest,
  // Of silence 0, not NaN: a sensor at rest is no error.
  crest: (summary) => peak(summary) / (rms(summary) || 1),
  skewness: ({ m2, m3 }) => (m2 > 0 ? m3 / (m2 * Math.sqrt(m2)) : 0),
  kurtosis: ({ m2, m4 }) => (m2 > 0 ? m4 / (m2 * m2) - 3 : 0),
};
