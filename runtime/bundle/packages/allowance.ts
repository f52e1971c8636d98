import { errors } from '../errors.ts';
import { packageBytesLimit, packageFilesLimit, packageRatioLimit } from '../limits.ts';

/** What the packages of one bundle may still take: what would be too much is refused before it is written. */
export interface Allowance {
  /** @param packed bytes of the tarball that they came out of. @throws BUNDLE_TOO_BIG */
  bytes(name: string, unpacked: number, ofThis: number, packed: number): void;
  /** @throws BUNDLE_TOO_BIG */
  file(name: string): void;
}

/** Small tarballs may grow: a few zeros are no bomb. */
const HARMLESS = 4 * 1024 ** 2;

export function createAllowance(bundle: string): Allowance {
  let bytes = 0;
  let files = 0;
  const refuse = (limit: typeof packageBytesLimit, what: string, value: number) => {
    limit.cost();
    return errors.BUNDLE_TOO_BIG({ bundle, what, value, limit: limit.value });
  };
  return {
    bytes(name, unpacked, ofThis, packed) {
      bytes += unpacked;
      if (bytes > packageBytesLimit.value) {
        throw refuse(packageBytesLimit, `bytes of its node packages, as far as ${name}`, bytes);
      }
      const ratio = ofThis / Math.max(1, packed);
      if (ofThis > HARMLESS && ratio > packageRatioLimit.value) {
        throw refuse(packageRatioLimit, `so many times ${name} grows, and more`, Math.floor(ratio));
      }
    },
    file(name) {
      files += 1;
      if (files > packageFilesLimit.value) {
        throw refuse(packageFilesLimit, `files of its node packages, as far as ${name}`, files);
      }
    },
  };
}
