import type { DriftCourse } from '../../messages/index.ts';
import { type Layout, shareOf } from './points.ts';
import type { PointRow } from './rows.ts';

/** Points a course, where nobody asks for another number. */
export const POINTS = 500;

interface Found {
  readonly times: number[];
  readonly values: number[];
  readonly thresholds: number[];
}

/** A course a feature, in the order of time; of several points the largest, where there are more than are wanted. */
export function coursesOf(
  points: readonly PointRow[],
  layouts: ReadonlyMap<number, Layout>,
  wanted = POINTS,
): DriftCourse[] {
  const found = new Map<string, Found & Pick<DriftCourse, 'name' | 'kind' | 'statistic'>>();
  for (const { layout, time, body } of points.toSorted((a, b) => a.time - b.time)) {
    for (const [i, [kind, name, statistic]] of (layouts.get(layout) ?? []).entries()) {
      const key = `${kind} ${statistic} ${name}`;
      const course = found.get(key) ?? { name, kind, statistic, times: [], values: [], thresholds: [] };
      found.set(key, course);
      course.times.push(time + (body.offsets[i] ?? 0));
      course.values.push(body.values[i] ?? 0);
      course.thresholds.push(body.thresholds[i] ?? 0);
    }
  }
  return [...found.values()].map((course) => ({ ...course, ...reduced(course, wanted) }));
}

function reduced(course: Found, wanted: number): Found {
  const { length } = course.times;
  if (length <= wanted) return course;
  const kept = Array.from({ length: wanted }, (_, part) => {
    const from = Math.floor((part * length) / wanted);
    const to = Math.floor(((part + 1) * length) / wanted);
    let best = from;
    for (let i = from + 1; i < to; i++) {
      if (shareAt(course, i) > shareAt(course, best)) best = i;
    }
    return best;
  });
  const only = (numbers: readonly number[]) => kept.map((place) => numbers[place] ?? 0);
  return { times: only(course.times), values: only(course.values), thresholds: only(course.thresholds) };
}

const shareAt = ({ values, thresholds }: Found, at: number) => shareOf(values[at] ?? 0, thresholds[at] ?? 0);
