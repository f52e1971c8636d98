/** The files of recordings: `directory/NAME/TAKE.PART.jsonl` (or `.parquet`). */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { RecordingFormat } from './types.ts';

export interface Part {
  readonly path: string;
  /** Of the recording, as `20261121-054012`. */
  readonly take: string;
  /** Counted from 1. */
  readonly part: number;
  readonly format: RecordingFormat;
}

const FILE = /^(\d{8}-\d{6}(?:-\d+)?)\.(\d{4,})\.(jsonl|parquet)$/;

export const partFile = (take: string, part: number, format: RecordingFormat): string =>
  `${take}.${String(part).padStart(4, '0')}.${format}`;

/** The files of one name, oldest first; none where there is no such directory. */
export async function partsIn(directory: string): Promise<Part[]> {
  const parts = (await namesIn(directory)).flatMap((file): Part[] => {
    const [, take, part, format] = FILE.exec(file) ?? [];
    if (take === undefined) return [];
    return [{ path: join(directory, file), take, part: Number(part), format: format as RecordingFormat }];
  });
  parts.sort((a, b) => compareTakes(a.take, b.take) || a.part - b.part || (a.format < b.format ? 1 : -1));
  // Both forms of a file: the crash came after the Parquet file was whole, and before the other was removed.
  return parts.filter(({ take, part }, index) => {
    const before = parts[index - 1];
    return before?.take !== take || before.part !== part;
  });
}

/** By time, and those of one second in the order in which they were begun. */
export function compareTakes(a: string, b: string): number {
  const [aDay = '', aTime = '', aTurn = '1'] = a.split('-');
  const [bDay = '', bTime = '', bTurn = '1'] = b.split('-');
  const [left, right] = [aDay + aTime, bDay + bTime];
  return left === right ? Number(aTurn) - Number(bTurn) : left < right ? -1 : 1;
}

/** The names in a directory; none where it does not exist. */
export async function namesIn(directory: string): Promise<string[]> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export const isMissing = (error: unknown): boolean => {
  const code = (error as { code?: unknown }).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
};
