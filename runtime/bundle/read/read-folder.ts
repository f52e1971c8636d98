import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { errors } from '../errors.ts';
import { MANIFEST_FILE, MODULES_FOLDER, RELEASE_FILE } from '../names.ts';
import { parseBundle } from '../parse-bundle.ts';
import type { OpenBundle } from '../types.ts';
import { checkedContent } from './checked-content.ts';
import { readPieces } from './content-of.ts';
import { parseRelease } from './parse-release.ts';

/** Reads a bundle from the folder that it was unpacked to. */
export async function readBundleFolder(directory: string): Promise<OpenBundle> {
  const text = await readText(directory, MANIFEST_FILE);
  if (text === undefined) {
    throw errors.BUNDLE_INVALID({ bundle: directory, problem: `the folder has no ${MANIFEST_FILE}` });
  }
  const release = await readText(directory, RELEASE_FILE);
  const bundle = parseBundle(directory, text, release === undefined ? undefined : parseRelease(directory, release));
  const files = await filesIn(directory);
  const { manifest } = bundle;
  const extra = files.find((path) => !Object.hasOwn(manifest.files, path));
  if (extra !== undefined) {
    throw errors.BUNDLE_ALTERED({ bundle: directory, problem: `${extra} is not in its description` });
  }
  const there = new Set(files);
  const missing = Object.keys(manifest.files).find((path) => !there.has(path));
  if (missing !== undefined) throw errors.BUNDLE_CUT({ bundle: directory, missing: `${missing} is missing` });

  const content = (path: string) => {
    if (there.has(path)) return readPieces(directory, join(directory, path));
    throw errors.BUNDLE_MISSING({ bundle: directory, reason: `there is no ${path} in it` });
  };
  return {
    ...{ ...bundle, source: directory, content },
    read: (path) => checkedContent({ manifest, source: directory }, path, content(path)),
  };
}

async function readText(directory: string, name: string): Promise<string | undefined> {
  try {
    return await readFile(join(directory, name), 'utf8');
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return undefined;
    throw errors.BUNDLE_MISSING({ bundle: directory, reason: `${name}: ${code ?? message}` }, { cause: error });
  }
}

/** Of the bundle itself, as its description names them. What is no plain file is refused: a link could lead anywhere. */
async function filesIn(directory: string): Promise<string[]> {
  const found: string[] = [];
  const visit = async (folder: string): Promise<void> => {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = relative(directory, join(folder, entry.name)).split(sep).join('/');
      if ([MANIFEST_FILE, RELEASE_FILE, MODULES_FOLDER].includes(path)) continue;
      if (entry.isDirectory()) await visit(join(folder, entry.name));
      else if (entry.isFile()) found.push(path);
      else throw errors.BUNDLE_PATH_UNSAFE({ bundle: directory, path, problem: 'it is no plain file' });
    }
  };
  await visit(directory);
  return found;
}
