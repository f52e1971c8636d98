import { rm, stat } from 'node:fs/promises';
import { recordingFiles } from '../limits.ts';
import { readJsonlHeader } from '../jsonl/read.ts';
import { namesIn, type Part, partsIn } from '../parts.ts';
import { join } from 'node:path';

/**
 * Removes the oldest files of a name until no more than `keep` are left.
 *
 * @param keep at least 1: the file that is being written is the newest
 * @returns what was removed
 */
export async function removeOldest(directory: string, keep: number): Promise<Part[]> {
  const parts = await partsIn(directory);
  const old = parts.slice(0, Math.max(0, parts.length - Math.max(1, Math.min(keep, recordingFiles.value))));
  for (const { path } of old) {
    await rm(path, { force: true });
    recordingFiles.cost();
  }
  return old;
}

/**
 * What a crash left: files that were to become Parquet do so, half-made ones are removed. A file that cannot be turned stays
 * as it is: it can be read all the same.
 */
export async function finishLeftOvers(directory: string, isOpen: (path: string) => boolean): Promise<void> {
  for (const name of await namesIn(directory)) {
    const path = join(directory, name);
    if (name.endsWith('.parquet.tmp') && !isOpen(path.replace(/parquet\.tmp$/, 'jsonl')))
      await rm(path, { force: true });
  }
  for (const { path, format } of await partsIn(directory)) {
    if (isOpen(path)) continue;
    const other = path.replace(/parquet$/, 'jsonl');
    if (format === 'parquet') await rm(other, { force: true });
    else if (await shouldConvert(path)) {
      const { convertToParquet } = await import('../tables.ts');
      await convertToParquet(path, path.replace(/jsonl$/, 'parquet')).catch(() => undefined);
    }
  }
}

async function shouldConvert(path: string): Promise<boolean> {
  try {
    return (await readJsonlHeader(path)).becomes === 'parquet';
  } catch {
    // Nothing in it: the crash came between its making and its first line.
    if ((await stat(path)).size === 0) await rm(path, { force: true });
    return false;
  }
}
