import { mkdir, rename, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalText } from '../sorted-json.ts';
import { MANIFEST_FILE, RELEASE_FILE } from '../names.ts';
import { checking } from '../read/checked-content.ts';
import { foldersOf } from '../safe-path.ts';
import type { OpenBundle } from '../types.ts';
import { explained } from './explained.ts';
import { closeFolders, draftOf, flushFolder, removeBundle, removeLeftovers } from './folders.ts';
import { createFileWriter } from './file-writer.ts';

type Source = Omit<OpenBundle, 'read'>;

/** Writes a bundle to a folder that appears whole or not at all. @throws what `unpackBundle` throws of the disk and of files */
export async function writeFolder(bundle: Source, directory: string): Promise<void> {
  const { manifest, source } = bundle;
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, bundle.text.length);
  const partial = draftOf(directory, 'partial');
  try {
    await removeLeftovers(directory);
    await checkRoom(dirname(directory), bytes);
    await write(bundle, partial);
    await removeBundle(directory);
    await rename(partial, directory);
    await flushFolder(dirname(directory));
  } catch (error) {
    await removeBundle(partial).catch(() => undefined);
    throw explained(error, { bundle: source, directory, bytes });
  }
}

async function write(bundle: Source, directory: string): Promise<void> {
  const { manifest, text, envelope } = bundle;
  const paths = Object.keys(manifest.files);
  const folders = [...new Set(paths.flatMap(foldersOf))].sort();
  await mkdir(directory, { mode: 0o700 });
  for (const folder of folders) await mkdir(join(directory, folder), { mode: 0o700 });
  const writer = createFileWriter();
  const put = (path: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>) =>
    writer.write(join(directory, path), content);
  try {
    for (const path of paths) await put(path, checking(bundle, path, bundle.content(path)));
    await put(MANIFEST_FILE, [Buffer.from(text)]);
    if (envelope) await put(RELEASE_FILE, [Buffer.from(canonicalText(envelope))]);
  } finally {
    await writer.finish();
  }
  await closeFolders(directory);
}

/** Rather than fill the disk under what runs. */
async function checkRoom(directory: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(directory);
  if (bavail * bsize < bytes) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
}
