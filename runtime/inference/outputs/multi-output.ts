import type { MultiOutput } from '../../messages/index.ts';
import type { Manifest } from '../../models/package/index.ts';
import { nested } from './nested.ts';
import { outputRows } from './rows.ts';
import type { ToPredictions } from './types.ts';

/**
 * Each output by its name: a single value as it is, more as arrays in the output's shape. A single output with a label a
 * column is told by label.
 */
export function multiOutputs(manifest: Manifest): ToPredictions {
  const { outputs, labels } = manifest;
  return (answers, rows) => {
    const read = outputs.map((output) => ({ name: output.name, ...outputRows(manifest, output, answers, rows) }));
    const [only] = read;
    const columns = read.length === 1 && only && labels?.length === only.width && only.width > 1 ? labels : undefined;
    return Array.from({ length: rows }, (_, row): MultiOutput => {
      const entries =
        only && columns
          ? columns.map((name, i) => [name, only.values[row * only.width + i]] as const)
          : read.map(({ name, values, width, dims }) => [name, rowOf(values, row * width, width, dims)] as const);
      return { outputs: Object.fromEntries(entries) };
    });
  };
}

const rowOf = (values: ArrayLike<unknown>, from: number, width: number, dims: readonly number[]) =>
  width === 1 ? values[from] : nested(values, from, dims);
