import { join } from 'node:path';
import type { BundleManifest } from '../../bundle/index.ts';
import { SLOTS } from '../state/rollout-state.ts';
import type { Slots } from '../state/slots.ts';
import type { Incoming } from './incoming.ts';
import type { VerifiedFiles } from './verified-files.ts';

/**
 * Where each file of a bundle lies already: among what has come, or in one of the slots. What they claim to hold is read,
 * not believed: a disk may have turned a bit since the last deploy.
 *
 * @returns SHA-256 → path; what is not in it is missing
 */
export async function findFiles(
  manifest: BundleManifest,
  slots: Slots,
  incoming: Incoming,
  { isWhole }: VerifiedFiles,
): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const wanted = new Set(Object.values(manifest.files).map(({ sha256 }) => sha256));
  for (const sha256 of wanted) {
    if (await isWhole(incoming.file(sha256), sha256)) found.set(sha256, incoming.file(sha256));
  }
  for (const slot of SLOTS) {
    const bundle = await slots.read(slot);
    for (const [path, { sha256 }] of Object.entries(bundle?.manifest.files ?? {})) {
      if (!wanted.has(sha256) || found.has(sha256)) continue;
      const file = join(slots.directory(slot), path);
      if (await isWhole(file, sha256)) found.set(sha256, file);
    }
  }
  return found;
}
