/** What every benchmark ends with: a table, a file in bench/results, and a line an aim. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

export interface Aim {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly op: '<=' | '>=';
  readonly target: number;
}

export type Row = Readonly<Record<string, string | number>>;

/** @param rows one table, or several by name, which were printed as they were measured */
export async function report(
  benchmark: string,
  rows: readonly Row[] | Readonly<Record<string, readonly Row[]>>,
  aims: readonly Aim[],
): Promise<void> {
  if (Array.isArray(rows)) console.table(rows);
  const results = join(import.meta.dirname, '../results');
  await mkdir(results, { recursive: true });
  const file = { format: 1, benchmark, rows, aims };
  await writeFile(join(results, `${benchmark}.json`), `${JSON.stringify(file, null, 2)}\n`);
  for (const { name, value, unit, op, target } of aims) {
    const met = op === '<=' ? value <= target : value >= target;
    console.log(`aim: ${name} ${value.toFixed(2)} ${unit} (target ${op} ${target}): ${met ? 'met' : 'short'}`);
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? NaN)
    : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2;
}
