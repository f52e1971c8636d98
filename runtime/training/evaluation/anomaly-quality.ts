import type { AnomalyQuality } from '../../messages/index.ts';
import type { AnsweredAnomalies } from './answered.ts';
import { shareEstimate, sum } from './estimates.ts';
import { indexGroups, sumByGroup } from './group-index.ts';
import { rank, rocCurve } from './ranked-curve.ts';

const BINS = 20;

export function anomalyQuality(answered: AnsweredAnomalies): AnomalyQuality {
  const { scores, threshold, anomalous, groups } = answered;
  const index = indexGroups(groups);
  const count = (matches: (row: number) => boolean) => sumByGroup(index, (row) => (matches(row) ? 1 : 0));
  const above = (row: number) => (scores[row] as number) > threshold;
  const strange = (row: number) => anomalous[row] === 1;
  const known = count(strange);
  const roc = rocCurve('anomalous', rank(scores, anomalous));
  return {
    threshold,
    falseAlarms: shareEstimate({
      over: count((row) => !strange(row) && above(row)),
      under: count((row) => !strange(row)),
    }),
    ...(sum(known) > 0 && { found: shareEstimate({ over: count((row) => strange(row) && above(row)), under: known }) }),
    ...(roc && { roc }),
    histogram: histogramOf(answered),
  };
}

/** Of the scores; the last bin takes all that lie far above, so that one of them does not flatten the rest. */
function histogramOf({ rows, scores, anomalous, threshold }: AnsweredAnomalies): AnomalyQuality['histogram'] {
  if (rows === 0) return [];
  const sorted = scores.slice().sort();
  const low = sorted[0] as number;
  const usual = sorted[Math.floor(0.98 * (rows - 1))] as number;
  const high = Math.max(usual, threshold + 0.1 * Math.abs(threshold - low));
  const width = (high - low) / BINS || 1;
  const bins = Array.from({ length: BINS }, (_, bin) => ({
    ...{ from: low + bin * width, to: low + (bin + 1) * width },
    ...{ normal: 0, anomalous: 0 },
  }));
  for (let row = 0; row < rows; row++) {
    const bin = bins[Math.min(BINS - 1, Math.floor(((scores[row] as number) - low) / width))];
    if (bin) bin[anomalous[row] === 1 ? 'anomalous' : 'normal']++;
  }
  return bins;
}
