/** `root.json`: whose bundles this gateway runs. The newest version that was ever pinned wins. */
import { followRoots, parseRoot, readSecretFile, type Root, writeSecretFile } from '../../keys/index.ts';
import { errors } from './errors.ts';
import { gatewayPaths } from './paths.ts';

/** @throws ROOT_UNPINNED, PINNED_ROOT_DAMAGED, what `parseRoot` throws */
export async function pinnedRoot(userDir: string): Promise<Root> {
  const file = gatewayPaths(userDir).root;
  const envelope = await kept(file);
  if (envelope === undefined) throw errors.ROOT_UNPINNED({ file });
  return parseRoot(envelope);
}

/**
 * Pins a root: the first one that a gateway gets, or one that the pinned one's keys have signed. What is not newer changes
 * nothing.
 *
 * @param envelopes as they were read; several to go from version to version
 * @param anew      the first of them takes the place of the pinned one, whoever has signed it
 * @returns what is pinned now, and whether it has changed
 * @throws ROOT_NOT_FOLLOWED, ROOT_INVALID, ENVELOPE_INVALID, PINNED_ROOT_DAMAGED; what was pinned then stays
 */
export async function pinRoot(
  userDir: string,
  envelopes: readonly unknown[],
  now: number,
  { anew = false } = {},
): Promise<{ readonly root: Root; readonly changed: boolean; readonly expired: boolean }> {
  const file = gatewayPaths(userDir).root;
  const before = anew ? undefined : await kept(file);
  const first = before ?? envelopes[0];
  const followed = followRoots(parseRoot(first), before === undefined ? envelopes.slice(1) : envelopes, now);
  const envelope = followed.envelope ?? (before === undefined ? first : undefined);
  if (envelope !== undefined) await writeSecretFile(file, `${JSON.stringify(envelope, undefined, 2)}\n`);
  return { root: followed.root, changed: envelope !== undefined, expired: followed.expired };
}

async function kept(file: string): Promise<unknown> {
  const text = await readSecretFile(file);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw errors.PINNED_ROOT_DAMAGED({ file, reason: (cause as Error).message }, { cause });
  }
}
