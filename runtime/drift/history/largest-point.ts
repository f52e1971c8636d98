import { shareOf } from './points.ts';
import type { HistoryPoint } from './types.ts';

/** One point of two: of each feature the value that lies further out, as a share of its threshold. */
export function largestPoint(a: HistoryPoint, b: HistoryPoint): HistoryPoint {
  const keyOf = ({ kind, statistic, name }: HistoryPoint['features'][number]) => `${kind} ${statistic} ${name}`;
  const found = new Map(a.features.map((feature) => [keyOf(feature), feature]));
  for (const feature of b.features) {
    const other = found.get(keyOf(feature));
    const isFurther = !other || shareOf(feature.value, feature.threshold) >= shareOf(other.value, other.threshold);
    if (isFurther) found.set(keyOf(feature), feature);
  }
  return { time: a.time, features: [...found.values()] };
}
