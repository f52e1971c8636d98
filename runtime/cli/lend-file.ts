import { chmod, chown, copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { newId } from '../base/index.ts';
import { gatewayPaths } from '../rollout/index.ts';
import { ownerOf } from './refuse-root.ts';

/**
 * Lends the gateway of a user directory a copy of a file that its user may not read, for as long as `use` takes: whoever may read
 * it, root before all, may lend it.
 */
export async function lendFile<T>(file: string, userDir: string, use: (copy: string) => Promise<T>): Promise<T> {
  const copy = join(gatewayPaths(userDir).directory, `lent-${newId()}.mrb`);
  try {
    await copyFile(file, copy);
    await chmod(copy, 0o600);
    const owner = await ownerOf(userDir);
    if (owner && process.getuid?.() === 0) await chown(copy, owner.uid, owner.gid);
    return await use(copy);
  } finally {
    await rm(copy, { force: true });
  }
}
