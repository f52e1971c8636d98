import type { DriftCourse, DriftHistory } from '../../messages/index.ts';
import { POINTS } from './courses.ts';
import { shareOf } from './points.ts';
import type { HistoryPoint, HistorySpan } from './types.ts';

/** What is on disk, and the newest points, which are not there yet: reading wears no flash. */
export function withNewest(
  history: DriftHistory,
  newest: readonly HistoryPoint[],
  { from = -Infinity, to = Infinity, points = POINTS }: HistorySpan = {},
): DriftHistory {
  const inSpan = newest.filter(({ time }) => time >= from && time <= to);
  if (inSpan.length === 0) return history;
  const courses = history.courses.map((course) => ({
    ...course,
    times: [...course.times],
    values: [...course.values],
    thresholds: [...course.thresholds],
  }));
  for (const { time, features } of inSpan) {
    for (const { name, kind, statistic, value, threshold } of features) {
      if (!Number.isFinite(value) || !Number.isFinite(threshold)) continue;
      const isSame = (course: DriftCourse) =>
        course.name === name && course.kind === kind && course.statistic === statistic;
      let course = courses.find(isSame);
      if (!course) courses.push((course = { name, kind, statistic, times: [], values: [], thresholds: [] }));
      const last = course.times.length - 1;
      const isFull = course.times.length >= points;
      if (isFull && shareOf(value, threshold) < shareOf(course.values[last] ?? 0, course.thresholds[last] ?? 0))
        continue;
      const at = isFull ? last : last + 1;
      [course.times[at], course.values[at], course.thresholds[at]] = [time, value, threshold];
    }
  }
  const latest = inSpan.reduce((time, point) => Math.max(time, point.time), history.to);
  return { ...history, courses, to: Number.isFinite(to) ? history.to : latest };
}
