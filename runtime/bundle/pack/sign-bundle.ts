import { randomBytes } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type Envelope, signEnvelope, type SigningKey } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import { BUNDLE_FORMAT, MANIFEST_FILE, RELEASE_FILE, RELEASE_TYPE } from '../names.ts';
import { readBundle } from '../read/read-bundle.ts';
import { canonicalLine, canonicalText } from '../sorted-json.ts';
import { TAR_END, type TarEntry, tarParts, writeTar } from '../tar/write-tar.ts';
import type { BundleManifest, Release } from '../types.ts';
import type { PackedBundle } from './options.ts';

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
}

export interface SignedRelease {
  readonly release: Release;
  readonly envelope: Envelope;
}

const MINUTE = 60_000;
const YEAR = 365 * 24 * 60 * MINUTE;

/**
 * Says of a bundle which version it is, until when it may be installed, and by whom, and signs that.
 *
 * @throws RELEASE_INVALID
 */
export function signRelease(manifest: BundleManifest, options: SignOptions): SignedRelease {
  const { keys, now, group = 'any' } = options;
  const version = options.version ?? Math.floor((now - Date.UTC(2020)) / MINUTE);
  const expires = options.expires ?? now + YEAR;
  const invalid = (problem: string) => errors.RELEASE_INVALID({ problem });
  if (!Number.isSafeInteger(version) || version < 0) throw invalid(`its version is ${version}, no whole number from 0`);
  if (!(expires > now)) throw invalid('it would expire before it is signed');
  if (group.trim() === '') throw invalid('its group has no name');
  if (keys.length === 0) throw invalid('there is no key');
  const release: Release = {
    ...{
      format: BUNDLE_FORMAT,
      type: 'millrace-release',
      version,
      issued: now,
      expires,
      group: group.trim(),
      manifest,
    },
  };
  return { release, envelope: signEnvelope(RELEASE_TYPE, Buffer.from(canonicalLine(release)), keys) };
}

/** The `.mrb` file of a bundle that was packed just now, signed. */
export function signedFile({ text, files }: Pick<PackedBundle, 'text' | 'files'>, envelope: Envelope): Uint8Array {
  const entries = [...files].sort(([a], [b]) => (a < b ? -1 : 1)).map(([path, bytes]) => ({ path, bytes }));
  return writeTar([textEntry(MANIFEST_FILE, text), ...entries, releaseEntry(envelope)]);
}

/**
 * Signs a bundle in its file: the release becomes its last file, in place of one that was there. A crash leaves the file as
 * it was, or signed.
 *
 * @throws RELEASE_INVALID, BUNDLE_UNWRITABLE; as `readBundle` does, and what `checkContents` finds: what is damaged is not signed
 */
export async function signBundle(file: string, options: SignOptions): Promise<SignedRelease> {
  const target = resolve(file);
  const bundle = await readBundle(target);
  const signed = signRelease(bundle.manifest, options);
  const draft = `${target}.${randomBytes(6).toString('hex')}.draft`;
  try {
    const handle = await written(target, open(draft, 'wx'));
    try {
      const put = async (entry: TarEntry) => {
        for (const part of tarParts(entry)) await written(target, handle.writeFile(part));
      };
      await put(textEntry(MANIFEST_FILE, bundle.text));
      // Held against its SHA-256 as it is read.
      for (const path of Object.keys(bundle.manifest.files).sort()) await put({ path, bytes: await bundle.read(path) });
      await put(releaseEntry(signed.envelope));
      await written(
        target,
        handle.writeFile(TAR_END).then(() => handle.sync()),
      );
    } finally {
      await handle.close();
    }
    await written(target, rename(draft, target));
    await written(target, syncFolder(dirname(target)));
  } finally {
    await rm(draft, { force: true });
  }
  return signed;
}

const textEntry = (path: string, text: string): TarEntry => ({ path, bytes: Buffer.from(text) });
const releaseEntry = (envelope: Envelope): TarEntry => textEntry(RELEASE_FILE, canonicalText(envelope));

/** Windows opens no folders. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle: FileHandle = await open(folder);
  await handle.sync().finally(() => handle.close());
}

const written = <T>(file: string, work: Promise<T>): Promise<T> =>
  work.catch((error: Error) => {
    throw errors.BUNDLE_UNWRITABLE({ file, reason: error.message }, { cause: error });
  });
