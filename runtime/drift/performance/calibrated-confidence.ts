import type { CalibrationBin } from './types.ts';

/**
 * How often an answer is right of which the model is so sure: between the bins that were counted on held-out data in a
 * straight line, and never falling where the confidence rises. Without bins the confidence is believed.
 *
 * The mean over a window is the accuracy that is to be expected of it without a single label, as long as a confidence
 * means what it meant: where the labels themselves have changed, it does not know.
 *
 * @see Guillory, Shankar, Ebrahimi, Darrell and Schmidt (2021); NannyML's confidence-based performance estimation; the
 *   bins are pooled as in Ayer, Brunk, Ewing, Reid and Silverman (1955), isotonic regression
 *
 * @example
 * const right = calibratedConfidence([{ confidence: 0.6, accuracy: 0.5, rows: 10 }, { confidence: 1, accuracy: 0.9, rows: 90 }]);
 * right(0.8).toFixed(6); // '0.700000'
 */
export function calibratedConfidence(bins: readonly CalibrationBin[] = []): (confidence: number) => number {
  const points = pooled(bins.filter(({ rows }) => rows > 0));
  const share = (value: number) => Math.min(1, Math.max(0, value));
  if (points.length === 0) return share;
  return (confidence) => {
    const above = points.findIndex((point) => point.confidence >= confidence);
    const [low, high] = [points[above - 1], points[above]];
    if (!high) return points.at(-1)?.accuracy ?? NaN;
    if (!low) return high.accuracy;
    const part = (confidence - low.confidence) / (high.confidence - low.confidence);
    return low.accuracy + part * (high.accuracy - low.accuracy);
  };
}

/** Bins that fall where they should rise are taken together. */
function pooled(bins: readonly CalibrationBin[]): readonly CalibrationBin[] {
  const points: CalibrationBin[] = [];
  for (const bin of [...bins].sort((a, b) => a.confidence - b.confidence)) {
    let next = bin;
    for (let last = points.at(-1); last && last.accuracy >= next.accuracy; last = points.at(-1)) {
      points.pop();
      const rows = last.rows + next.rows;
      const middle = (a: number, b: number) => (a * (last?.rows ?? 0) + b * next.rows) / rows;
      const confidence = middle(last.confidence, next.confidence);
      next = { confidence, accuracy: middle(last.accuracy, next.accuracy), rows };
    }
    points.push(next);
  }
  return points;
}
