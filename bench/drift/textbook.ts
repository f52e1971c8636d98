/** What a textbook does: one window, one threshold for all. */
import { binCounts, quantileEdges } from '../../runtime/drift/detectors/two-sample/bins.ts';
import { jensenShannon } from '../../runtime/drift/detectors/two-sample/jensen-shannon.ts';
import { populationStability } from '../../runtime/drift/detectors/two-sample/population-stability.ts';
import { prepareKolmogorovSmirnov } from '../../runtime/drift/detectors/two-sample/prepare-kolmogorov-smirnov.ts';
import { prepareWasserstein } from '../../runtime/drift/detectors/two-sample/prepare-wasserstein.ts';
import { standardDeviation } from '../../runtime/numerics/index.ts';
import { FEATURES } from './streams.ts';

export const TEXTBOOK = ['PSI > .1', 'PSI > .2', 'KS p < .05', 'KS p < .01', 'Wasserstein > .1', 'Jensen–Shannon > .1'];

/** @returns of a window, which of the thresholds any feature has crossed; each feature sorted ascending */
export function textbook(reference: readonly Float64Array[]): (window: readonly Float64Array[]) => boolean[] {
  const features = Array.from({ length: FEATURES }, (_, i) => {
    const sorted = Float64Array.from(reference, (row) => row[i] as number).sort();
    const edges = quantileEdges(sorted);
    return {
      edges,
      counts: binCounts(sorted, edges),
      distance: prepareWasserstein(sorted),
      spread: standardDeviation(sorted),
      gap: prepareKolmogorovSmirnov(sorted),
    };
  });
  return (window) => {
    const crossed = TEXTBOOK.map(() => false);
    for (const [i, { edges, counts, distance, spread, gap }] of features.entries()) {
      const values = window[i] as Float64Array;
      const now = binCounts(values, edges);
      const stability = populationStability(counts, now);
      const p = asymptotic(gap(values), reference.length, values.length);
      const found = [stability > 0.1, stability > 0.2, p < 0.05, p < 0.01];
      found.push(distance(values) / spread > 0.1, jensenShannon(counts, now) > 0.1);
      for (const [at, is] of found.entries()) if (is) crossed[at] = true;
    }
    return crossed;
  };
}

/** p-value of the two-sample Kolmogorov–Smirnov statistic for many values: exact ones would take most of the time. */
function asymptotic(gap: number, m: number, n: number): number {
  const lambda = gap * Math.sqrt((m * n) / (m + n));
  if (lambda < 0.2) return 1;
  let sum = 0;
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * lambda) ** 2);
  return Math.min(1, Math.max(0, sum));
}
