import { stat } from 'node:fs/promises';
import type { Clock } from '../../base/index.ts';
import type { FoundEntry } from './find-entries.ts';
import type { RegistryIndex } from './index-file.ts';
import { removeAbandoned, removeFolder } from './remove-folder.ts';

/**
 * Mends what a process left that was ended in the middle: removes unfinished folders, and enters whole ones into the
 * index. A folder whose name and version belong to another one was never acknowledged, and goes.
 *
 * Where nothing can be written nothing can be mended, and nothing is lost.
 */
export async function tidy(
  versions: string,
  index: RegistryIndex,
  entries: () => Promise<readonly FoundEntry[]>,
  clock: Clock,
): Promise<void> {
  try {
    await removeAbandoned(versions, clock.now());
    const known = new Set((await index.versions()).map(({ digest }) => digest));
    for (const { stored, name, version, digest = '', directory, error } of await entries()) {
      if (!stored || error || version === undefined || known.has(digest)) continue;
      const { mtimeMs } = await stat(directory);
      const row = await index.add({ digest, name, version, added: Math.round(mtimeMs) });
      if (row && row.digest !== digest) await removeFolder(directory);
    }
  } catch (error) {
    if (!UNWRITABLE.has((error as { code?: string }).code ?? '')) throw error;
  }
}

const UNWRITABLE = new Set(['STORE_UNWRITABLE', 'STORE_FULL', 'EACCES', 'EROFS', 'EPERM', 'ENOENT']);
