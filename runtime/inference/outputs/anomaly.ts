import type { Anomaly } from '../../messages/index.ts';
import type { Manifest } from '../../models/package/index.ts';
import { numberAt, outputRows, unsuitable, withRole } from './rows.ts';
import type { ToPredictions } from './types.ts';

/**
 * The model's own label says what is anomalous: -1, as scikit-learn's detectors have it, or true. Where it gives none, a score
 * above the threshold of the model.json is.
 */
export function anomalies(manifest: Manifest): ToPredictions {
  const { threshold } = manifest;
  const scoreOutput = withRole(manifest, 'score');
  const labelOutput = withRole(manifest, 'label');
  const anomalousLabel = labelOutput?.type === 'bool' ? 1 : -1;
  return (answers, rows) => {
    if (!scoreOutput || (!labelOutput && threshold === undefined)) throw unsuitable(manifest);
    const scores = outputRows(manifest, scoreOutput, answers, rows);
    const labels = labelOutput && outputRows(manifest, labelOutput, answers, rows);
    if (scores.width !== 1 || (labels && labels.width !== 1)) throw unsuitable(manifest);
    const payloads = new Array<Anomaly>(rows);
    for (let row = 0; row < rows; row++) {
      const score = numberAt(manifest, scores, row);
      const anomalous = labels ? numberAt(manifest, labels, row) === anomalousLabel : score > (threshold ?? Infinity);
      payloads[row] = { score, anomalous };
    }
    return payloads;
  };
}
