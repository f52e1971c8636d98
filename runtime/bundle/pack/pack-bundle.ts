import type { PackedBundle, PackOptions } from './options.ts';

/**
 * Makes a bundle. The same input gives the same bytes.
 *
 * @throws the first of what `previewBundle` lists as problems
 */
export function packBundle(options: PackOptions): Promise<PackedBundle> {
  throw new Error(options.name);
}
