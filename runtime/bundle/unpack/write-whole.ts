import { open } from 'node:fs/promises';

/** Writes a new file, read-only, which is on the disk when this resolves. */
export async function writeWhole(
  file: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  mode = 0o444,
): Promise<void> {
  // `wx`: whatever lies there, a link too, is not written through.
  const handle = await open(file, 'wx', mode);
  try {
    for await (const piece of content) await handle.writeFile(piece);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
