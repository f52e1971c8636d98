import { readdir, rm, rmdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { counter } from '../../../base/index.ts';
import { isOurs } from '../document/index.ts';

const removed = counter(
  'millrace_outbox_files_removed_total',
  'Sent files removed because their folder held more bytes',
);

interface Kept {
  readonly path: string;
  readonly bytes: number;
  /** Of the last change, ms since the epoch. */
  readonly time: number;
}

/** Keeps the files of a folder within so many bytes: the oldest that we wrote make room, the newest always stays. */
export async function openKeeping(folder: string, keepBytes: number) {
  const kept: Kept[] = [];
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !isOurs(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    // Somebody else may remove files just now.
    const found = await stat(path).catch(() => undefined);
    if (found) kept.push({ path, bytes: found.size, time: found.mtimeMs });
  }
  kept.sort((a, b) => a.time - b.time || (a.path < b.path ? -1 : 1));
  let total = kept.reduce((sum, { bytes }) => sum + bytes, 0);

  const trim = async () => {
    while (total > keepBytes && kept.length > 1) {
      const [oldest] = kept as [Kept, ...Kept[]];
      await rm(oldest.path, { force: true });
      kept.shift();
      total -= oldest.bytes;
      removed.add();
      await removeEmpty(dirname(oldest.path), folder);
    }
  };
  await trim();
  return {
    async written(path: string, bytes: number): Promise<void> {
      const before = kept.findIndex((one) => one.path === path);
      if (before >= 0) total -= kept.splice(before, 1)[0]?.bytes ?? 0;
      kept.push({ path, bytes, time: Infinity });
      total += bytes;
      await trim();
    },
  };
}

/** The folder of a day goes with its last file. */
async function removeEmpty(folder: string, root: string): Promise<void> {
  for (let at = folder; relative(root, at) !== ''; at = dirname(at)) {
    try {
      await rmdir(at);
    } catch {
      return;
    }
  }
}
