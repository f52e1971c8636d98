import type { ExampleMap } from '../../../messages/index.ts';
import { principalComponents } from '../../../numerics/index.ts';
import type { LoadedExamples } from '../types.ts';
import { tableOf } from './table-of.ts';

/** More are no better seen. */
const POINTS = 2_000;
/** Numbers in them: of very wide examples fewer are drawn. */
const NUMBERS = 8_000_000;
/** Numbers that the axes are found from. */
const FITTED = 2_000_000;
/** Each column counts the same; one that lies far out shows where, and does not press the others together. */
const FAR = 6;

/** The examples in the plane of their two largest principal components, each column with mean 0 and deviation 1. */
export function mapExamples(examples: LoadedExamples): ExampleMap {
  const table = tableOf(examples);
  const width = table.columns.length;
  const most = Math.max(2, Math.min(POINTS, Math.floor(NUMBERS / width)));
  const rows = Math.min(table.rows, most);
  const chosen = Int32Array.from({ length: rows }, (_, at) => Math.floor((at * table.rows) / rows));
  const values = new Float32Array(rows * width);
  for (let column = 0; column < width; column++) {
    let sum = 0;
    for (const row of chosen) sum += table.values[row * width + column] as number;
    const mean = sum / rows;
    let squares = 0;
    for (const row of chosen) squares += ((table.values[row * width + column] as number) - mean) ** 2;
    const deviation = Math.sqrt(squares / rows);
    if (!(deviation > Math.abs(mean) * 1e-7)) continue;
    for (let at = 0; at < rows; at++) {
      const value = ((table.values[(chosen[at] as number) * width + column] as number) - mean) / deviation;
      values[at * width + column] = Math.max(-FAR, Math.min(FAR, value));
    }
  }
  centre(values, rows, width);
  const fitted = Math.min(rows, Math.max(200, Math.floor(FITTED / width)));
  const { axes, variances, total } = principalComponents(spread(values, rows, width, fitted), fitted, width, 2);
  const along = (at: number, axis: number) => {
    let sum = 0;
    for (let column = 0; column < width; column++) {
      sum += (values[at * width + column] as number) * (axes[axis * width + column] as number);
    }
    return sum;
  };
  const share = (axis: number) => (total > 0 ? (variances[axis] as number) / total : 0);
  return {
    points: Array.from(chosen, (row, at) => ({
      id: examples.ids[row] as number,
      x: along(at, 0),
      y: along(at, 1),
      label: examples.labels[row] ?? null,
    })),
    shares: [share(0), share(1)],
    examples: examples.rows,
  };
}

/** So many of the rows, from the first to the last. */
function spread(values: Float32Array, rows: number, width: number, count: number): Float32Array {
  if (count === rows) return values;
  const found = new Float32Array(count * width);
  for (let at = 0; at < count; at++) {
    const row = Math.floor((at * rows) / count);
    found.set(values.subarray(row * width, (row + 1) * width), at * width);
  }
  centre(found, count, width);
  return found;
}

function centre(values: Float32Array, rows: number, width: number): void {
  const means = new Float64Array(width);
  for (let at = 0; at < values.length; at++)
    means[at % width] = (means[at % width] as number) + (values[at] as number) / rows;
  for (let at = 0; at < values.length; at++) values[at] = (values[at] as number) - (means[at % width] as number);
}
