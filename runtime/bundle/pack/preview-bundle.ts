import type { BundlePreview } from '../../messages/index.ts';
import type { PackOptions } from './options.ts';

/** What a bundle would hold and need. Never throws because of what is wrong with the flow: that is what it tells. */
export function previewBundle(options: PackOptions): Promise<BundlePreview> {
  throw new Error(options.name);
}
