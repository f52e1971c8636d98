import type { LoadedExamples } from '../types.ts';

/** Examples as columns that mean something one by one: features as they are, of a window the statistics of each channel. */
export interface ExampleTable {
  readonly columns: readonly string[];
  readonly rows: number;
  /** rows × columns, row-major. */
  readonly values: Float32Array;
}

const STATISTICS = ['mean', 'deviation', 'smallest', 'largest', 'change'] as const;

/** `change` is the root mean square of the steps from sample to sample: how fast a channel moves. */
export function tableOf({ kind, columns, rows, width, values }: LoadedExamples): ExampleTable {
  if (kind === 'features') return { columns, rows, values };
  const channels = columns.length;
  const samples = width / channels;
  const names = columns.flatMap((name) => STATISTICS.map((statistic) => `${statistic} of ${name}`));
  const out = new Float32Array(rows * names.length);
  for (let row = 0; row < rows; row++) {
    for (let channel = 0; channel < channels; channel++) {
      let [sum, squares, low, high, steps] = [0, 0, Infinity, -Infinity, 0];
      // About the first sample: a large level takes nothing from a small deviation.
      const level = values[row * width + channel] as number;
      let before = 0;
      for (let at = row * width + channel; at < (row + 1) * width; at += channels) {
        const value = (values[at] as number) - level;
        sum += value;
        squares += value * value;
        low = Math.min(low, value);
        high = Math.max(high, value);
        steps += (value - before) ** 2;
        before = value;
      }
      const mean = sum / samples;
      const deviation = Math.sqrt(Math.max(0, squares / samples - mean * mean));
      const change = Math.sqrt(steps / Math.max(1, samples - 1));
      out.set(
        [mean + level, deviation, low + level, high + level, change],
        (row * channels + channel) * STATISTICS.length,
      );
    }
  }
  return { columns: names, rows, values: out };
}

/** One column. */
export function columnOf({ columns, rows, values }: ExampleTable, column: number): Float64Array {
  const found = new Float64Array(rows);
  for (let row = 0; row < rows; row++) found[row] = values[row * columns.length + column] as number;
  return found;
}
