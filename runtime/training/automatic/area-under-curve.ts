/**
 * Area under the ROC curve: how likely an anomalous row has a higher score than a normal one; ties count half.
 *
 * @param anomalous 1 or 0, one a row
 * @returns NaN where all are of one kind
 * @see sklearn.metrics.roc_auc_score
 *
 * @example
 * areaUnderCurve([0.1, 0.4, 0.35, 0.8], [0, 0, 1, 1]); // 0.75
 */
export function areaUnderCurve(scores: ArrayLike<number>, anomalous: ArrayLike<number>): number {
  const order = Array.from({ length: scores.length }, (_, row) => row).sort(
    (a, b) => (scores[a] as number) - (scores[b] as number),
  );
  let ranks = 0;
  let positives = 0;
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to < order.length && scores[order[to] as number] === scores[order[from] as number]) to++;
    const rank = (from + to + 1) / 2;
    for (let at = from; at < to; at++) {
      if (anomalous[order[at] as number] !== 1) continue;
      ranks += rank;
      positives++;
    }
    from = to;
  }
  const negatives = order.length - positives;
  return (ranks - (positives * (positives + 1)) / 2) / (positives * negatives);
}
