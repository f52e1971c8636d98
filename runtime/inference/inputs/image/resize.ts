import type { Picture } from './picture.ts';

/** Which values of a line, and how much of each, make one value of another line. */
interface Taps {
  /** First source value of each target value. */
  readonly start: Int32Array;
  /** `span` weights for each target value, together 1. */
  readonly weights: Float64Array;
  readonly span: number;
}

/**
 * Weights of linear interpolation between pixel centres; where the line becomes shorter the triangle is widened, so that
 * every source value counts (no aliasing).
 *
 * @see Pillow's Image.resize with BILINEAR, and torchvision's with antialias=True
 */
export function taps(from: number, to: number): Taps {
  const scale = from / to;
  const reach = Math.max(scale, 1);
  const span = Math.ceil(reach) * 2 + 1;
  const start = new Int32Array(to);
  const weights = new Float64Array(to * span);
  for (let i = 0; i < to; i++) {
    const centre = (i + 0.5) * scale;
    const first = Math.max(0, Math.floor(centre - reach + 0.5));
    const end = Math.min(from, Math.floor(centre + reach + 0.5));
    start[i] = first;
    let sum = 0;
    for (let at = first; at < end; at++) sum += weights[i * span + at - first] = triangle((at + 0.5 - centre) / reach);
    for (let k = 0; k < end - first; k++) weights[i * span + k] = (weights[i * span + k] ?? 0) / sum;
  }
  return { start, weights, span };
}

const triangle = (x: number) => Math.max(0, 1 - Math.abs(x));

/**
 * A picture in another size, stretched where its sides have another ratio.
 *
 * @returns red, green and blue of each pixel, row by row, from 0 to 255
 */
export function resize(picture: Picture, width: number, height: number): Float64Array {
  const across = taps(picture.width, width);
  const down = taps(picture.height, height);
  const source = new Float64Array(picture.width * 3);
  const line = new Float64Array(width * 3);
  const target = new Float64Array(width * height * 3);
  let open = 0;
  for (let y = 0; y < picture.height; y++) {
    // Target lines that reach back no further than this one are done.
    while (open < height && (down.start[open] ?? 0) + down.span <= y) open++;
    picture.line(y, source);
    squeeze(source, across, line);
    for (let to = open; to < height && (down.start[to] ?? 0) <= y; to++) {
      const weight = down.weights[to * down.span + y - (down.start[to] ?? 0)] ?? 0;
      if (y - (down.start[to] ?? 0) >= down.span || weight === 0) continue;
      const base = to * line.length;
      for (let i = 0; i < line.length; i++) target[base + i] = (target[base + i] ?? 0) + weight * (line[i] ?? 0);
    }
  }
  return target;
}

function squeeze(source: Float64Array, { start, weights, span }: Taps, line: Float64Array): void {
  for (let i = 0; i < start.length; i++) {
    let red = 0;
    let green = 0;
    let blue = 0;
    for (let k = 0, at = (start[i] ?? 0) * 3; k < span && at < source.length; k++, at += 3) {
      const weight = weights[i * span + k] ?? 0;
      red += weight * (source[at] ?? 0);
      green += weight * (source[at + 1] ?? 0);
      blue += weight * (source[at + 2] ?? 0);
    }
    line[3 * i] = red;
    line[3 * i + 1] = green;
    line[3 * i + 2] = blue;
  }
}
