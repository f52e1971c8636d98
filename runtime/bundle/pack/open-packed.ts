import { createHash } from 'node:crypto';
import { errors } from '../errors.ts';
import { MANIFEST_FILE, RELEASE_FILE } from '../names.ts';
import { parseBundle } from '../parse-bundle.ts';
import { listTar } from '../tar/list-tar.ts';
import type { TarEntry } from '../tar/write-tar.ts';
import type { Bundle, BundleManifest } from '../types.ts';

/** A bundle that is held in memory, with its files as they stand in its description. */
export interface OpenPacked extends Pick<Bundle, 'manifest' | 'text' | 'digest'> {
  /** `bundle.json` */
  readonly first: TarEntry;
  /** Every other one but the release. */
  readonly files: readonly TarEntry[];
  readonly release?: TarEntry;
}

/**
 * @param source what the bundle is called in errors: its file
 * @throws BUNDLE_INVALID, BUNDLE_FORMAT_NEWER, BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_PATH_UNSAFE, BUNDLE_TOO_BIG
 */
export function openPacked(source: string, bundle: Uint8Array): OpenPacked {
  const [first, ...others] = listTar(source, bundle);
  if (first?.path !== MANIFEST_FILE) {
    throw errors.BUNDLE_INVALID({ bundle: source, problem: `it does not begin with ${MANIFEST_FILE}` });
  }
  const described = parseBundle(source, Buffer.from(first.bytes).toString());
  const files = others.filter(({ path }) => path !== RELEASE_FILE);
  checkFiles(source, described.manifest, files);
  const release = others.find(({ path }) => path === RELEASE_FILE);
  return { ...described, first, files, ...(release && { release }) };
}

function checkFiles(bundle: string, { files }: BundleManifest, entries: readonly TarEntry[]): void {
  for (const { path, bytes } of entries) {
    const stated = Object.hasOwn(files, path) ? files[path]?.sha256 : undefined;
    if (stated === undefined) throw errors.BUNDLE_ALTERED({ bundle, problem: `${path} is not in its description` });
    if (createHash('sha256').update(bytes).digest('hex') === stated) continue;
    throw errors.BUNDLE_ALTERED({ bundle, problem: `${path} is not the file that its description names` });
  }
  const there = new Set(entries.map(({ path }) => path));
  const missing = Object.keys(files).find((path) => !there.has(path));
  if (missing !== undefined) throw errors.BUNDLE_CUT({ bundle, missing: `${missing} is missing` });
  if (there.size < entries.length) throw errors.BUNDLE_ALTERED({ bundle, problem: 'it holds a file twice' });
}
