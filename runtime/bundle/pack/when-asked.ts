/** Making a bundle takes much that reading one does not: a gateway, which only reads them, does not load it. */
import type { PackedBundle, PackOptions, PreviewedBundle } from './options.ts';

/**
 * Makes a bundle. The same input gives the same bytes.
 *
 * @throws the first of what `previewBundle` lists as problems; BUNDLE_TOO_BIG, BUNDLE_PATH_UNSAFE
 */
export const packBundle = async (options: PackOptions): Promise<PackedBundle> =>
  (await import('./pack-bundle.ts')).packBundle(options);

/** What a bundle would hold and need. What is wrong with the flow does not make it fail: that is what it tells. */
export const previewBundle = async (options: PackOptions): Promise<PreviewedBundle> =>
  (await import('./preview-bundle.ts')).previewBundle(options);
