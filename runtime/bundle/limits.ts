import { defineLimit } from '../base/index.ts';

export const bytesLimit = defineLimit(
  'bundle_bytes',
  2 * 1024 ** 3,
  'Bundles refused because their files are too large together',
);
export const filesLimit = defineLimit('bundle_files', 10_000, 'Bundles refused because they hold too many files');
/** As much as the offer of a deploy may carry. */
export const manifestLimit = defineLimit(
  'bundle_manifest_bytes',
  4_000_000,
  'Bundles refused because of the size of their bundle.json',
);
