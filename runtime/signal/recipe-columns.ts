import type { WindowPayload } from '../messages/index.ts';
import { errors } from './errors.ts';
import type { Recipe } from './schema.ts';

/** How far a window's rate may lie from the recipe's: what a busy board's timer is off, but no other setting. */
export const RATE_TOLERANCE = 0.1;

/**
 * Copies the samples of a window into a column a channel, as the 32-bit numbers that windows hold: one that came as a plain
 * array gives the same bytes as one that came typed.
 *
 * @throws WINDOW_CHANNELS_MISSING, WINDOW_LENGTH_WRONG, WINDOW_RATE_WRONG, WINDOW_VALUE_INVALID
 */
export function fillColumns(columns: ReadonlyMap<string, Float64Array>, window: WindowPayload, recipe: Recipe): void {
  const { channels, data, rate, shape } = window;
  if (shape[0] !== recipe.length) throw errors.WINDOW_LENGTH_WRONG({ expected: recipe.length, found: shape[0] });
  if (!(Math.abs(rate - recipe.rate) <= RATE_TOLERANCE * recipe.rate)) {
    throw errors.WINDOW_RATE_WRONG({ expected: recipe.rate, found: rate });
  }
  const width = channels.length;
  for (const [channel, column] of columns) {
    const at = channels.indexOf(channel);
    if (at < 0) {
      const missing = [...columns.keys()].filter((name) => !channels.includes(name));
      throw errors.WINDOW_CHANNELS_MISSING({ missing, found: channels });
    }
    const whole = data instanceof Float32Array ? takeTyped(column, data, at, width) : takeAny(column, data, at, width);
    if (whole) continue;
    const sample = column.findIndex((value) => !Number.isFinite(value));
    throw errors.WINDOW_VALUE_INVALID({ channel, sample, value: data[at + sample * width] ?? NaN });
  }
}

// Two loops that look alike: each sees one kind of array, and so is compiled for it. @returns whether all are finite
function takeTyped(column: Float64Array, data: Float32Array, from: number, width: number): boolean {
  let differences = 0;
  for (let sample = 0, at = from; sample < column.length; sample++, at += width) {
    const value = data[at] as number;
    column[sample] = value;
    // 0 of what is finite, NaN of the rest.
    differences += value - value;
  }
  return differences === 0;
}

function takeAny(column: Float64Array, data: ArrayLike<number>, from: number, width: number): boolean {
  let differences = 0;
  for (let sample = 0, at = from; sample < column.length; sample++, at += width) {
    const value = Math.fround(data[at] ?? NaN);
    column[sample] = value;
    differences += value - value;
  }
  return differences === 0;
}
