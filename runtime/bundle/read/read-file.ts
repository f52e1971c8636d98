import { type FileHandle, open } from 'node:fs/promises';
import { errors } from '../errors.ts';
import { bytesLimit, filesLimit, manifestLimit } from '../limits.ts';
import { MANIFEST_FILE, RELEASE_FILE } from '../names.ts';
import { parseBundle } from '../parse-bundle.ts';
import { fileSource } from '../tar/byte-source.ts';
import { readTar, type TarredFile } from '../tar/read-tar.ts';
import type { OpenBundle } from '../types.ts';
import { contentOf } from './content-of.ts';
import { refuseCompressed } from './compressed.ts';
import { parseRelease } from './parse-release.ts';
import { checkedContent } from './checked-content.ts';

/** Reads the headers of a .mrb file, bundle.json and the signature; over the other files it goes without reading them. */
export async function readBundleFile(file: string, size: number): Promise<OpenBundle> {
  const handle = await open(file).catch((error: NodeJS.ErrnoException) => {
    throw errors.BUNDLE_MISSING({ bundle: file, reason: error.code ?? error.message }, { cause: error });
  });
  try {
    await refuseCompressed(handle, file, size);
    const { entries, texts } = await listEntries(handle, file);
    const release = texts.get(RELEASE_FILE);
    const text = texts.get(MANIFEST_FILE) ?? '';
    const bundle = parseBundle(file, text, release === undefined ? undefined : parseRelease(file, release));
    checkEntries(file, bundle.manifest.files, entries);
    const content = (path: string) => contentOf(file, path, entries.get(path));
    return {
      ...{ ...bundle, source: file, content },
      read: (path) => checkedContent({ ...bundle, source: file }, path, content(path)),
    };
  } finally {
    await handle.close();
  }
}

async function listEntries(handle: FileHandle, name: string) {
  const entries = new Map<string, TarredFile>();
  const texts = new Map<string, string>();
  let before = '';
  for await (const entry of readTar(fileSource(handle), { name, kind: 'bundle' })) {
    const { path } = entry;
    if (texts.size === 0 && path !== MANIFEST_FILE) {
      throw errors.BUNDLE_INVALID({ bundle: name, problem: `it begins with ${path}, not with ${MANIFEST_FILE}` });
    }
    if (texts.has(RELEASE_FILE)) {
      throw errors.BUNDLE_ALTERED({ bundle: name, problem: `${path} follows the signature` });
    }
    if (path === MANIFEST_FILE || path === RELEASE_FILE) texts.set(path, await readText(entry, name));
    else {
      if (path < before) throw errors.BUNDLE_ALTERED({ bundle: name, problem: `${path} is not at its place` });
      before = path;
      entries.set(path, entry);
    }
    if (entries.size > filesLimit.value) {
      filesLimit.cost();
      throw errors.BUNDLE_TOO_BIG({ bundle: name, what: 'files', value: entries.size, limit: filesLimit.value });
    }
  }
  if (texts.has(MANIFEST_FILE)) return { entries, texts };
  throw errors.BUNDLE_INVALID({ bundle: name, problem: `it has no ${MANIFEST_FILE}` });
}

/** The signature holds the description once more, in base64. */
async function readText({ path, bytes, content }: TarredFile, bundle: string): Promise<string> {
  const most = manifestLimit.value * (path === MANIFEST_FILE ? 1 : 2);
  if (bytes > most) {
    manifestLimit.cost();
    throw errors.BUNDLE_TOO_BIG({ bundle, what: `bytes of ${path}`, value: bytes, limit: most });
  }
  const pieces: Buffer[] = [];
  for await (const piece of content()) pieces.push(piece);
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.concat(pieces));
  } catch (error) {
    throw errors.BUNDLE_ALTERED({ bundle, problem: `${path} is no text` }, { cause: error });
  }
}

function checkEntries(
  bundle: string,
  files: OpenBundle['manifest']['files'],
  entries: ReadonlyMap<string, TarredFile>,
): void {
  for (const [path, { bytes }] of entries) {
    const stated = Object.hasOwn(files, path) ? files[path]?.bytes : undefined;
    if (stated === undefined) {
      throw errors.BUNDLE_ALTERED({ bundle, problem: `${path} is not in its description` });
    }
    if (stated !== bytes) {
      if (bytes > bytesLimit.value) bytesLimit.cost();
      throw errors.BUNDLE_ALTERED({ bundle, problem: `${path} has ${bytes} bytes, its description says ${stated}` });
    }
  }
  const missing = Object.keys(files).find((path) => !entries.has(path));
  if (missing !== undefined) throw errors.BUNDLE_CUT({ bundle, missing: `${missing} is missing` });
}
