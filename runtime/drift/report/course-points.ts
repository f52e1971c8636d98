import type { DriftCourse } from '../../messages/index.ts';

/** A pause that is so many times as long as usual is a gap in the line. */
const PAUSE = 8;

export interface Point {
  readonly time: number;
  readonly value: number;
  readonly threshold: number;
}

/** What can be drawn: numbers within the span, in order of time. */
export function pointsOf({ times, values, thresholds }: DriftCourse, from: number, to: number): Point[] {
  return times
    .map((time, i) => ({ time, value: values[i] ?? NaN, threshold: thresholds[i] ?? NaN }))
    .filter(
      ({ time, value, threshold }) =>
        time >= from && time <= to && Number.isFinite(value) && Number.isFinite(threshold),
    )
    .sort((a, b) => a.time - b.time);
}

/** Runs of points without a pause between them. */
export function runs(points: readonly Point[]): Point[][] {
  const pauses = points.slice(1).map(({ time }, i) => time - (points[i]?.time ?? time));
  const usual = [...pauses].sort((a, b) => a - b)[Math.floor(pauses.length / 2)] ?? 0;
  const parts: Point[][] = [];
  points.forEach((point, i) => {
    const pause = pauses[i - 1] ?? Infinity;
    if (i === 0 || pause > PAUSE * usual) parts.push([]);
    parts.at(-1)?.push(point);
  });
  return parts;
}
