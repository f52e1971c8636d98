import type { OpenBundle } from '../types.ts';
import { checking } from './checked-content.ts';
import { readBundle } from './read-bundle.ts';

/** Holds every file of a bundle against its SHA-256. @throws BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_MISSING */
export async function checkContents(bundle: OpenBundle): Promise<void> {
  for (const path of Object.keys(bundle.manifest.files)) {
    for await (const _ of checking(bundle, path, bundle.content(path)));
  }
}

/**
 * Reads the folder that a bundle was unpacked to, and holds every file against its SHA-256: a slot is whole, or it is not used.
 *
 * @throws as `readBundle` does
 */
export async function checkUnpacked(directory: string): Promise<OpenBundle> {
  const bundle = await readBundle(directory);
  await checkContents(bundle);
  return bundle;
}
