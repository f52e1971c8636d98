import { createHash } from 'node:crypto';
import { errors } from '../errors.ts';
import type { BundleManifest } from '../types.ts';

interface Source {
  readonly manifest: BundleManifest;
  readonly source: string;
}

/** A file's content, whole. @throws BUNDLE_ALTERED, BUNDLE_CUT, or what reading it throws */
export async function checkedContent(
  bundle: Source,
  path: string,
  content: AsyncIterable<Uint8Array>,
): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of checking(bundle, path, content)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/**
 * Passes a file's content on and holds it against the description: no piece beyond the stated size gets through, and what
 * differs is said at the end.
 *
 * @throws BUNDLE_ALTERED, BUNDLE_CUT, or what reading it throws
 */
export async function* checking(
  { manifest, source }: Source,
  path: string,
  content: AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array, void> {
  const stated = Object.hasOwn(manifest.files, path) ? manifest.files[path] : undefined;
  if (!stated) throw errors.BUNDLE_ALTERED({ bundle: source, problem: `${path} is not in its description` });
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const piece of content) {
    bytes += piece.byteLength;
    if (bytes > stated.bytes) {
      const problem = `${path} has more than the ${stated.bytes} bytes that its description says`;
      throw errors.BUNDLE_ALTERED({ bundle: source, problem });
    }
    hash.update(piece);
    yield piece;
  }
  if (bytes < stated.bytes) {
    throw errors.BUNDLE_CUT({ bundle: source, missing: `${path} ends after ${bytes} of ${stated.bytes} bytes` });
  }
  if (hash.digest('hex') !== stated.sha256) {
    throw errors.BUNDLE_ALTERED({ bundle: source, problem: `${path} is not the file that its description names` });
  }
}
