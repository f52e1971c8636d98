import { type FileHandle, open } from 'node:fs/promises';
import type { RoomKeeper } from './room-keeper.ts';

export interface WriteOptions {
  /** Default: read-only. */
  readonly mode?: number;
}

/** Writes many new files. One after the other is written, several at once are put on the disk: that takes the time. */
export interface FileWriter {
  /** @throws what the file system says, also of a file before */
  write(file: string, content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options?: WriteOptions): Promise<void>;
  /** Everything is on the disk, or an error says why not. To be awaited in any case. */
  finish(): Promise<void>;
}

/** Files that are put on the disk at once. */
const AT_ONCE = 16;

/** @param room asked before each piece is written */
export function createFileWriter(room: RoomKeeper): FileWriter {
  const flushing = new Set<Promise<void>>();
  let failure: { readonly error: unknown } | undefined;
  const flush = async (handle: FileHandle): Promise<void> => {
    try {
      await handle.sync();
    } catch (error) {
      failure ??= { error };
    } finally {
      await handle.close();
    }
  };
  const check = () => {
    if (failure) throw failure.error;
  };
  return {
    async write(file, content, { mode = 0o444 } = {}) {
      check();
      // `wx`: whatever lies there, a link too, is not written through.
      const handle = await open(file, 'wx', mode);
      try {
        for await (const piece of content) {
          await room.before(piece.byteLength);
          await handle.writeFile(piece);
        }
      } catch (error) {
        await handle.close();
        throw error;
      }
      const flushed: Promise<void> = flush(handle).finally(() => flushing.delete(flushed));
      flushing.add(flushed);
      if (flushing.size >= AT_ONCE) await Promise.race(flushing);
    },
    async finish() {
      await Promise.all(flushing);
      check();
    },
  };
}
