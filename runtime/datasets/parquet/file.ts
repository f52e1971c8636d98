import { open } from 'node:fs/promises';
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib';
import { type AsyncBuffer, type Compressors, type FileMetaData, parquetMetadataAsync } from 'hyparquet';
import { errors } from '../errors.ts';

/** Beside Snappy, which hyparquet has itself. */
export const compressors: Compressors = {
  GZIP: (bytes) => gunzipSync(bytes),
  BROTLI: (bytes) => brotliDecompressSync(bytes),
  ZSTD: (bytes) => zstdDecompressSync(bytes),
};

export interface ParquetBytes {
  /** For messages. */
  readonly path: string;
  readonly file: AsyncBuffer;
  readonly metadata: FileMetaData;
}

export interface ParquetFile extends ParquetBytes, AsyncDisposable {}

/**
 * A Parquet file, of which pieces are read as they are needed.
 *
 * @throws RECORDING_UNREADABLE if it has no whole footer
 */
export async function openParquet(path: string): Promise<ParquetFile> {
  const handle = await open(path, 'r');
  try {
    const { size } = await handle.stat();
    const file: AsyncBuffer = {
      byteLength: size,
      async slice(start, end = size) {
        const bytes = new Uint8Array(Math.max(0, end - start));
        let done = 0;
        while (done < bytes.length) {
          const { bytesRead } = await handle.read(bytes, done, bytes.length - done, start + done);
          if (bytesRead === 0) throw new Error(`the file ends at byte ${start + done}`);
          done += bytesRead;
        }
        return bytes.buffer;
      },
    };
    return { ...(await openParquetBytes(path, file)), [Symbol.asyncDispose]: () => handle.close() };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** @throws RECORDING_UNREADABLE if there is no whole footer */
export async function openParquetBytes(path: string, file: AsyncBuffer): Promise<ParquetBytes> {
  return { path, file, metadata: await footer(path, file) };
}

async function footer(path: string, file: AsyncBuffer): Promise<FileMetaData> {
  if (file.byteLength < 12) throw errors.RECORDING_UNREADABLE({ path, reason: 'it is too short for Parquet' });
  try {
    return await parquetMetadataAsync(file);
  } catch (cause) {
    // A Parquet file says at its end what is in it: half of one says nothing.
    const reason = `it has no whole Parquet footer (${String(cause)}); the file is cut, or no Parquet`;
    throw errors.RECORDING_UNREADABLE({ path, reason }, { cause });
  }
}
