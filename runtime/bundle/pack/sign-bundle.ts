import { type Envelope, signEnvelope, type SigningKey } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import { BUNDLE_FORMAT, RELEASE_FILE, RELEASE_TYPE } from '../names.ts';
import { canonicalLine, canonicalText } from '../sorted-json.ts';
import { type TarEntry, writeTar } from '../tar/write-tar.ts';
import type { BundleManifest, Release } from '../types.ts';
import { openPacked } from './open-packed.ts';

export interface SignOptions {
  readonly keys: readonly SigningKey[];
  /** ms since the epoch */
  readonly now: number;
  /** Only grows. Default: the minutes since 2020. */
  readonly version?: number;
  /** ms since the epoch. Default: a year after `now`. */
  readonly expires?: number;
  /** Default: `any`. */
  readonly group?: string;
  /** What the bundle is called in errors: its file. */
  readonly source?: string;
}

export interface SignedRelease {
  readonly release: Release;
  readonly envelope: Envelope;
}

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/**
 * Signs a bundle: the release becomes its last file, in place of one that was there. What is damaged is not signed.
 *
 * @param bundle the bytes of a `.mrb`
 * @throws RELEASE_INVALID, BUNDLE_INVALID, BUNDLE_FORMAT_NEWER, BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_PATH_UNSAFE, BUNDLE_TOO_BIG
 */
export function signBundle(bundle: Uint8Array, options: SignOptions): SignedRelease & { readonly bytes: Uint8Array } {
  const { source = 'the bundle' } = options;
  const { first, files, manifest } = openPacked(source, bundle);
  const signed = signRelease(manifest, options);
  const release: TarEntry = { path: RELEASE_FILE, bytes: Buffer.from(canonicalText(signed.envelope)) };
  return { ...signed, bytes: writeTar([first, ...files, release]) };
}

/** The version of a release that is given none: the minutes since 2020, which only grow and need nothing to be kept. */
export const versionAt = (now: number): number => Math.floor((now - Date.UTC(2020)) / MINUTE);

/**
 * Says of a bundle which version it is, until when it may be installed and by whom, and signs that.
 *
 * @throws RELEASE_INVALID
 */
export function signRelease(manifest: BundleManifest, options: SignOptions): SignedRelease {
  const { keys, now, expires = now + YEAR } = options;
  const version = options.version ?? versionAt(now);
  const group = (options.group ?? 'any').trim();
  const invalid = (problem: string) => errors.RELEASE_INVALID({ problem });
  if (!Number.isSafeInteger(version) || version < 0) throw invalid(`its version is ${version}, no whole number from 0`);
  if (!(expires > now)) throw invalid('it would expire before it is signed');
  if (group === '') throw invalid('its group has no name');
  if (keys.length === 0) throw invalid('there is no key');
  const release: Release = {
    ...{ format: BUNDLE_FORMAT, type: 'millrace-release', version, issued: now, expires, group, manifest },
  };
  return { release, envelope: signEnvelope(RELEASE_TYPE, Buffer.from(canonicalLine(release)), keys) };
}
