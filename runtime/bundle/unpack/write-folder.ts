import { mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushFolder } from '../../keys/index.ts';
import { canonicalText } from '../sorted-json.ts';
import { MANIFEST_FILE, RELEASE_FILE } from '../names.ts';
import { checking } from '../read/checked-content.ts';
import { foldersOf } from '../safe-path.ts';
import type { OpenBundle } from '../types.ts';
import { explained } from './explained.ts';
import { closeFolders, draftOf, removeBundle, removeLeftovers } from './folders.ts';
import { createFileWriter } from './file-writer.ts';
import { createRoomKeeper, type RoomKeeper } from './room-keeper.ts';

type Source = Omit<OpenBundle, 'read'>;

export interface RoomOptions {
  /** Bytes that stay free on the disk for others: with less it is full. Default: 0. */
  readonly keepFree?: number;
}

/** Writes a bundle to a folder that appears whole or not at all. @throws what `unpackBundle` throws of the disk and of files */
export async function writeFolder(
  bundle: Source,
  directory: string,
  { keepFree = 0 }: RoomOptions = {},
): Promise<void> {
  const { manifest, source } = bundle;
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, bundle.text.length);
  const partial = draftOf(directory, 'partial');
  try {
    await removeLeftovers(directory);
    const room = createRoomKeeper(dirname(directory), keepFree);
    // Rather than fill the disk under what runs.
    await room.before(bytes);
    await write(bundle, partial, room);
    await removeBundle(directory);
    await rename(partial, directory);
    await flushFolder(dirname(directory));
  } catch (error) {
    await removeBundle(partial).catch(() => undefined);
    throw explained(error, { bundle: source, directory, bytes });
  }
}

async function write(bundle: Source, directory: string, room: RoomKeeper): Promise<void> {
  const { manifest, text, envelope } = bundle;
  const paths = Object.keys(manifest.files);
  const folders = [...new Set(paths.flatMap(foldersOf))].sort();
  await mkdir(directory, { mode: 0o700 });
  for (const folder of folders) await mkdir(join(directory, folder), { mode: 0o700 });
  const writer = createFileWriter(room);
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
