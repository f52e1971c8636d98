import { type FileHandle, open } from 'node:fs/promises';

/** A file that only grows, and never keeps half of what a failed write began. */
export interface PartWriter {
  readonly path: string;
  readonly bytes: number;
  /** Resolves when the bytes are with the operating system: the end of this process loses none of them. */
  append(text: string): Promise<void>;
  /** Puts on disk what has been appended: the end of the machine loses none of it. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

/** @throws {Error} with code EEXIST if the file is there already: nobody's recording is written over */
export async function openPart(path: string): Promise<PartWriter> {
  const handle = await open(path, 'wx');
  let bytes = 0;
  let dirty = false;
  return {
    path,
    get bytes() {
      return bytes;
    },
    async append(text) {
      const buffer = Buffer.from(text, 'utf8');
      try {
        await writeAll(handle, buffer, bytes);
      } catch (error) {
        await handle.truncate(bytes).catch(() => undefined);
        throw error;
      }
      bytes += buffer.length;
      dirty = true;
    },
    async sync() {
      if (!dirty) return;
      dirty = false;
      await handle.datasync();
    },
    async close() {
      try {
        if (dirty) await handle.datasync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** Written at a place, not appended: after a failed write the next one covers what is left of it. */
async function writeAll(handle: FileHandle, buffer: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < buffer.length) {
    const { bytesWritten } = await handle.write(buffer, done, buffer.length - done, position + done);
    done += bytesWritten;
  }
}
