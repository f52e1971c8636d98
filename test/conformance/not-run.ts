import { readFileSync } from 'node:fs';

/** Of a case that passes only where the machine has an English locale. */
export const LOCALE = 'ONNX Runtime: needs the locale en_US.UTF-8';

export const TABLE = new URL('./not-run.json', import.meta.url);

/** The cases that are not passed, by the reason why. */
export type NotRun = Readonly<Record<string, readonly string[]>>;

export const expectedTable = (): NotRun => JSON.parse(readFileSync(TABLE, 'utf8')) as NotRun;

export function toTable(reasons: ReadonlyMap<string, string>): NotRun {
  const table: Record<string, string[]> = {};
  for (const [name, reason] of [...reasons].sort(([, one], [, other]) => (one < other ? -1 : one > other ? 1 : 0))) {
    (table[reason] ??= []).push(name);
  }
  for (const names of Object.values(table)) names.sort();
  return table;
}
