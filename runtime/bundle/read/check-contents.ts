import { errors } from '../errors.ts';
import { installedState } from '../packages/installed.ts';
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
 * Reads the folder that a bundle was unpacked to, and holds every file against its SHA-256, and so those of the node packages
 * that are installed in it: a slot is whole, or it is not used.
 *
 * @throws as `readBundle` does
 */
export async function checkUnpacked(directory: string): Promise<OpenBundle> {
  const bundle = await readBundle(directory);
  await checkContents(bundle);
  if (bundle.manifest.packages.length > 0 && (await installedState(bundle)) === 'damaged') {
    throw errors.BUNDLE_ALTERED({ bundle: directory, problem: 'its node packages are not as they were installed' });
  }
  return bundle;
}
