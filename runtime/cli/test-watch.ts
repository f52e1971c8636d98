import { existsSync, type FSWatcher, statSync, watch } from 'node:fs';
import { dirname, join } from 'node:path';

/** An editor writes a file in several steps: what changes within so many ms is one change. */
const TOGETHER = 100;

/**
 * Files that have changed, whenever some have: of files and of folders with all that they hold. Folders that do not exist yet
 * are waited for.
 */
export async function* watchFiles(
  places: readonly string[],
  signal: AbortSignal,
): AsyncGenerator<ReadonlySet<string>, void> {
  let changed = new Set<string>();
  let wake: () => void = () => undefined;
  const watchers = new Map<string, FSWatcher>();
  const note = (path: string) => {
    if (!places.some((place) => path === place || path.startsWith(place))) return;
    changed.add(path);
    setTimeout(() => wake(), TOGETHER);
  };
  // A file is watched by its folder: editors put a new file in the place of the old one.
  const open = (place: string): void => {
    const exists = existsSync(place);
    const isFolder = exists && statSync(place).isDirectory();
    const folder = isFolder ? place : existing(dirname(place));
    if (!exists && !watchers.has(folder)) note(folder);
    if (watchers.has(folder)) return;
    const watcher = watch(folder, { recursive: isFolder }, (_event, name) => {
      note(join(folder, String(name)));
      // The folder of tests may have been made just now.
      if (!isFolder) places.forEach(open);
    });
    watcher.on('error', () => undefined);
    watchers.set(folder, watcher);
  };
  places.forEach(open);
  changed = new Set();
  signal.addEventListener('abort', () => wake());
  try {
    while (!signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve;
        if (changed.size > 0) setTimeout(resolve, TOGETHER);
      });
      if (changed.size === 0) continue;
      const batch = changed;
      changed = new Set();
      yield batch;
    }
  } finally {
    for (const watcher of watchers.values()) watcher.close();
  }
}

const existing = (folder: string): string => (existsSync(folder) ? folder : existing(dirname(folder)));
