import { join } from 'node:path';
import { checkAccepted, type OpenBundle } from '../bundle/index.ts';
import type { Root } from '../keys/index.ts';
import { readRootFile } from './read-root-file.ts';
import type { RunOptions } from './run-program.ts';

/**
 * Whether the bundle in a slot is still the one that was accepted. Its files are held against its description as they are read.
 *
 * @throws ROOT_UNKNOWN where neither the supervisor nor a root says what was accepted; what `checkAccepted` throws
 */
export async function checkSlot(bundle: OpenBundle, { userDir, supervised }: RunOptions): Promise<void> {
  const digest = typeof supervised === 'string' ? supervised : undefined;
  const root = await pinnedRoot(userDir, digest !== undefined);
  checkAccepted(bundle, { ...(digest !== undefined && { digest }), ...(root && { root }) });
}

/** Where somebody sets a gateway up anew, or the root was damaged, what runs goes on running. */
async function pinnedRoot(userDir: string, canDoWithout: boolean): Promise<Root | undefined> {
  const root = readRootFile(join(userDir, 'gateway', 'root.json'), false);
  return await (canDoWithout ? root.catch(() => undefined) : root);
}
