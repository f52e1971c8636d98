import type { Curve } from '../../messages/index.ts';

/** Most points of a curve: as many as a chart can show. */
const POINTS = 101;

/** How many of the rows above each score are what is looked for, from the highest score down; equal scores are one step. */
export interface Ranking {
  /** What is looked for, found so far. */
  readonly hits: readonly number[];
  /** What is not looked for, taken for it so far. */
  readonly misses: readonly number[];
  readonly positives: number;
  readonly negatives: number;
}

/** @param scores the higher, the more likely; @param wanted 1 of what is looked for */
export function rank(scores: Float64Array, wanted: Uint8Array): Ranking {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => (scores[b] as number) - (scores[a] as number));
  const hits = [0];
  const misses = [0];
  let [hit, miss] = [0, 0];
  for (let place = 0; place < order.length; place++) {
    const row = order[place] as number;
    if (wanted[row] === 1) hit++;
    else miss++;
    const next = order[place + 1];
    if (next !== undefined && scores[next] === scores[row]) continue;
    hits.push(hit);
    misses.push(miss);
  }
  return { hits, misses, positives: hit, negatives: miss };
}

/**
 * Receiver operating characteristic: x the false-positive rate, y the true-positive rate.
 *
 * @returns nothing where one of the two kinds is missing
 * @see sklearn.metrics.roc_curve, roc_auc_score
 */
export function rocCurve(label: string, { hits, misses, positives, negatives }: Ranking): Curve | undefined {
  if (positives === 0 || negatives === 0) return undefined;
  let area = 0;
  for (let at = 1; at < hits.length; at++) {
    const width = (misses[at] as number) - (misses[at - 1] as number);
    area += (width * ((hits[at] as number) + (hits[at - 1] as number))) / 2;
  }
  const points = hits.map((hit, at) => ({ x: (misses[at] as number) / negatives, y: hit / positives }));
  return { label, area: area / (positives * negatives), points: thin(points) };
}

/**
 * Precision over recall; its area is the average precision.
 *
 * @returns nothing where there is nothing to be found
 * @see sklearn.metrics.precision_recall_curve, average_precision_score
 */
export function precisionRecallCurve(label: string, { hits, misses, positives }: Ranking): Curve | undefined {
  if (positives === 0) return undefined;
  let area = 0;
  const points = [{ x: 0, y: 1 }];
  for (let at = 1; at < hits.length; at++) {
    const hit = hits[at] as number;
    const precision = hit / (hit + (misses[at] as number));
    area += ((hit - (hits[at - 1] as number)) / positives) * precision;
    points.push({ x: hit / positives, y: precision });
  }
  return { label, area, points: thin(points) };
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Keeps the first, the last, and those that lie furthest along the line between. */
function thin(points: readonly Point[]): Point[] {
  if (points.length <= POINTS) return [...points];
  const along = [0];
  for (let at = 1; at < points.length; at++) {
    const [from, to] = [points[at - 1] as Point, points[at] as Point];
    along.push((along[at - 1] as number) + Math.abs(to.x - from.x) + Math.abs(to.y - from.y));
  }
  const whole = along.at(-1) as number;
  const kept = [points[0] as Point];
  let at = 1;
  for (let step = 1; step < POINTS - 1; step++) {
    const goal = (whole * step) / (POINTS - 1);
    if ((along[at] as number) > goal) continue;
    while (at < points.length - 1 && (along[at] as number) <= goal) at++;
    kept.push(points[at - 1] as Point);
  }
  return [...kept, points.at(-1) as Point];
}
