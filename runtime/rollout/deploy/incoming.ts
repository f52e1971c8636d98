import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { zstdDecompress } from 'node:zlib';
import { flushFolder } from '../../keys/index.ts';
import { type DeployPart, PART_BYTES } from '../../messages/index.ts';
import { errors } from '../errors.ts';

/** Files of a deploy, by their SHA-256, as they come. They outlive the deploy that they came for. */
export interface Incoming {
  /** Where a file lies that has come whole. */
  file(sha256: string): string;
  /** Of a file that has not: how many bytes are there. */
  held(sha256: string): Promise<number>;
  /** @param bytes of the whole file. @throws DEPLOY_PART_WRONG, DEPLOY_UNSTORABLE */
  receive(part: DeployPart, bytes: number): Promise<void>;
  /** Removes all but these. */
  keepOnly(wanted: ReadonlySet<string>): Promise<void>;
}

const decompress = promisify(zstdDecompress);

export async function openIncoming(gateway: string): Promise<Incoming> {
  const folder = join(gateway, 'incoming');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const file = (sha256: string) => join(folder, sha256);
  const partial = (sha256: string) => join(folder, `${sha256}.part`);
  const size = async (path: string) => (await stat(path).catch(() => undefined))?.size;

  const append = async (part: DeployPart, piece: Buffer, whole: number) => {
    const path = partial(part.file);
    const there = (await size(path)) ?? 0;
    if (part.offset > there || part.offset + piece.length > whole) {
      const problem = `a piece of ${piece.length} bytes at ${part.offset} came, ${there} of ${whole} are there`;
      throw errors.DEPLOY_PART_WRONG({ file: part.file, problem });
    }
    // A sender that begins anew, or again sends what it had no answer for.
    if (part.offset < there) await truncate(path, part.offset);
    const handle = await open(path, 'a', 0o600);
    try {
      await handle.writeFile(piece);
      if (part.last) await handle.sync();
    } finally {
      await handle.close();
    }
  };

  const finish = async (sha256: string) => {
    if ((await sha256Of(partial(sha256))) !== sha256) {
      await rm(partial(sha256), { force: true });
      throw errors.DEPLOY_PART_WRONG({ file: sha256, problem: 'it is not the file that was announced' });
    }
    await rename(partial(sha256), file(sha256));
    await flushFolder(folder);
  };

  return {
    file,
    held: async (sha256) => (await size(partial(sha256))) ?? 0,
    async receive(part, bytes) {
      const piece = await decompress(part.bytes, { maxOutputLength: PART_BYTES }).catch((error: unknown) => {
        const problem = `a piece cannot be decompressed (${(error as Error).message})`;
        throw errors.DEPLOY_PART_WRONG({ file: part.file, problem }, { cause: error });
      });
      await onDisk(folder, () => append(part, piece, bytes));
      if (part.last) await onDisk(folder, () => finish(part.file));
    },
    async keepOnly(wanted) {
      for (const name of await readdir(folder)) {
        if (!wanted.has(name.replace(/\.part$/, ''))) await rm(join(folder, name), { force: true });
      }
    },
  };
}

/** SHA-256 of a file, read in pieces. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path) as AsyncIterable<Uint8Array>) hash.update(piece);
  return hash.digest('hex');
}

async function onDisk(file: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Coded errors of our own have no errno.
    if ((error as NodeJS.ErrnoException).errno === undefined) throw error;
    throw errors.DEPLOY_UNSTORABLE({ file, reason: code ?? String(error) }, { cause: error });
  }
}
