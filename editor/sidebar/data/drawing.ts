/** Shapes of the map and curves of the examples, as SVG paths. */
import type { ExampleMap, ExampleView, TruthLabel } from '../../../runtime/messages/index.ts';

export const MAP = { width: 320, height: 220, edge: 12 } as const;

export interface Dot {
  readonly id: number;
  readonly x: number;
  readonly y: number;
  readonly label: TruthLabel | null;
}

/** The points in the frame of the drawing; y grows downwards. From left to right, as the arrow keys go. */
export function dotsOf({ points }: ExampleMap): Dot[] {
  const [xs, ys] = [rangeOf(points.map(({ x }) => x)), rangeOf(points.map(({ y }) => y))];
  const place = (value: number, [low, high]: Range, size: number) =>
    MAP.edge + (high > low ? (value - low) / (high - low) : 0.5) * (size - 2 * MAP.edge);
  return points
    .map(({ id, x, y, label }) => ({
      ...{ id, label, x: place(x, xs, MAP.width) },
      y: MAP.height - place(y, ys, MAP.height),
    }))
    .sort((a, b) => a.x - b.x);
}

type Range = readonly [low: number, high: number];
function rangeOf(values: readonly number[]): Range {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return [low, high];
}

/** Whichever lies nearest to a place, if one lies near enough. */
export function nearest(dots: readonly Dot[], x: number, y: number, within: number): Dot | undefined {
  let best: Dot | undefined;
  let least = within * within;
  for (const dot of dots) {
    const distance = (dot.x - x) ** 2 + (dot.y - y) ** 2;
    if (distance > least) continue;
    best = dot;
    least = distance;
  }
  return best;
}

/** Different labels have different shapes: colour is not all that tells them apart. */
const SHAPES: readonly ((x: number, y: number, r: number) => string)[] = [
  (x, y, r) => `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0`,
  (x, y, r) => `M${x} ${y - 1.25 * r}L${x + 1.15 * r} ${y + 0.85 * r}H${x - 1.15 * r}z`,
  (x, y, r) => `M${x - 0.9 * r} ${y - 0.9 * r}h${1.8 * r}v${1.8 * r}h${-1.8 * r}z`,
  (x, y, r) => `M${x} ${y - 1.35 * r}L${x + 1.2 * r} ${y}L${x} ${y + 1.35 * r}L${x - 1.2 * r} ${y}z`,
  (x, y, r) => `M${x} ${y + 1.25 * r}L${x + 1.15 * r} ${y - 0.85 * r}H${x - 1.15 * r}z`,
  (x, y, r) => {
    const [a, b] = [0.45 * r, 1.25 * r];
    return `M${x - a} ${y - b}h${2 * a}v${b - a}h${b - a}v${2 * a}h${a - b}v${b - a}h${-2 * a}v${a - b}h${a - b}v${-2 * a}h${b - a}z`;
  },
];

const round = (value: number) => Math.round(value * 10) / 10;

/** @param shape index of the label */
export const shapePath = (shape: number, dots: readonly { readonly x: number; readonly y: number }[], radius: number) =>
  dots.map(({ x, y }) => SHAPES[shape % SHAPES.length]?.(round(x), round(y), radius)).join('');

/** A curve over the whole width, between the lowest and the highest of all values. */
export function curve(values: readonly number[], width: number, height: number, [low, high] = rangeOf(values)): string {
  const points = thinned(values, width);
  const span = high > low ? high - low : 1;
  const middle = high > low ? 0 : 0.5;
  return points
    .map((value, index) => {
      const x = (index / Math.max(1, points.length - 1)) * width;
      const y = height - 1 - ((value - low) / span + middle) * (height - 2);
      return `${index === 0 ? 'M' : 'L'}${round(x)} ${round(y)}`;
    })
    .join('');
}

/** So that short peaks are still seen: of each piece the lowest and the highest. */
function thinned(values: readonly number[], width: number): readonly number[] {
  const pieces = Math.floor(width);
  if (values.length <= 2 * pieces) return values;
  const size = values.length / pieces;
  return Array.from({ length: pieces }, (_, piece) => {
    const part = values.slice(Math.floor(piece * size), Math.floor((piece + 1) * size));
    const [low, high] = rangeOf(part);
    return part.indexOf(low) < part.indexOf(high) ? [low, high] : [high, low];
  }).flat();
}

/** Of features: where each value lies between the lowest and the highest of the examples beside it, 0 to 1. */
export function heights(shown: ExampleView, beside: readonly ExampleView[]): number[] {
  return shown.values.map(({ values: [own = 0] }, index) => {
    const [low, high] = rangeOf(beside.map(({ values }) => values[index]?.values[0] ?? own));
    return high > low ? (own - low) / (high - low) : 0.5;
  });
}
