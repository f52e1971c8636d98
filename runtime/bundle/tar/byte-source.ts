import type { FileHandle } from 'node:fs/promises';

/** Bytes one after the other. */
export interface ByteSource {
  /** The next `length` bytes; fewer where the end comes first. */
  read(length: number): Promise<Buffer>;
  skip(length: number): Promise<void>;
}

/** From the begin of a file, or from where a file in it begins. What is skipped is not read. */
export function fileSource(handle: FileHandle, start = 0): ByteSource {
  let position = start;
  return {
    async read(length) {
      const buffer = Buffer.allocUnsafe(length);
      let filled = 0;
      while (filled < length) {
        const { bytesRead } = await handle.read(buffer, filled, length - filled, position + filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      position += filled;
      return buffer.subarray(0, filled);
    },
    skip(length) {
      position += length;
      return Promise.resolve();
    },
  };
}

/** From a stream, of which no more is read than is asked for. */
export function streamSource(stream: AsyncIterable<Uint8Array>): ByteSource {
  const iterator = stream[Symbol.asyncIterator]();
  let held: Uint8Array = new Uint8Array();
  const next = async (length: number): Promise<Uint8Array> => {
    while (held.byteLength === 0) {
      const result = await iterator.next();
      if (result.done === true) return held;
      held = result.value;
    }
    const part = held.subarray(0, length);
    held = held.subarray(length);
    return part;
  };
  const take = async (length: number, use: (part: Uint8Array) => void): Promise<void> => {
    for (let left = length; left > 0;) {
      const part = await next(left);
      if (part.byteLength === 0) return;
      use(part);
      left -= part.byteLength;
    }
  };
  return {
    async read(length) {
      const parts: Uint8Array[] = [];
      await take(length, (part) => parts.push(part));
      return Buffer.concat(parts);
    },
    skip: (length) => take(length, () => undefined),
  };
}
