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
export const packageBytesLimit = defineLimit(
  'bundle_package_bytes',
  1024 ** 3,
  'Bundles refused because their node packages are too large once unpacked',
);
export const packageFilesLimit = defineLimit(
  'bundle_package_files',
  100_000,
  'Bundles refused because their node packages hold too many files',
);
/** Code shrinks to a quarter; what shrinks to a hundredth was made to fill a disk. */
export const packageRatioLimit = defineLimit(
  'bundle_package_ratio',
  100,
  'Bundles refused because a node package grows so many times when it is unpacked',
);
