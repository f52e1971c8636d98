/** Deploys on disk until a gateway has decided on them: a bundle, and a note that it is whole. */
import { mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readSecretFile, writeSecretFile } from '../../keys/index.ts';
import { releaseFacts, type ReleaseFacts } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { SignedBundle } from '../types.ts';

const note = z.object({ format: z.literal(1), release: releaseFacts });

export interface KeptDeploys {
  fileOf(gateway: string): string;
  /** In place of the one that was kept for this gateway. */
  keep(gateway: string, bundle: SignedBundle): Promise<void>;
  drop(gateway: string): Promise<void>;
  /** Of an earlier process. @throws STUDIO_FILE_DAMAGED */
  list(): Promise<readonly { readonly gateway: string; readonly release: ReleaseFacts }[]>;
}

export function keptDeploys(directory: string): KeptDeploys {
  const fileOf = (gateway: string) => join(directory, `${gateway}.mrb`);
  const noteOf = (gateway: string) => join(directory, `${gateway}.json`);
  const drop = async (gateway: string) => {
    // The note goes first: a bundle without one is no deploy.
    await rm(noteOf(gateway), { force: true });
    await rm(fileOf(gateway), { force: true });
  };
  return {
    fileOf,
    drop,
    async keep(gateway, { bytes, release }) {
      await mkdir(directory, { recursive: true, mode: 0o700 });
      await drop(gateway);
      await writeFile(`${fileOf(gateway)}.part`, bytes, { mode: 0o600, flush: true });
      await rename(`${fileOf(gateway)}.part`, fileOf(gateway));
      await writeSecretFile(noteOf(gateway), `${JSON.stringify({ format: 1, release })}\n`);
    },
    async list() {
      const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return [];
        throw error;
      });
      return await Promise.all(
        names
          .filter((name) => name.endsWith('.json'))
          .map(async (name) => ({
            gateway: name.slice(0, -'.json'.length),
            release: await read(join(directory, name)),
          })),
      );
    },
  };
}

async function read(file: string): Promise<ReleaseFacts> {
  try {
    return note.parse(JSON.parse((await readSecretFile(file)) ?? '')).release;
  } catch (cause) {
    throw errors.STUDIO_FILE_DAMAGED({ file, reason: (cause as Error).message }, { cause });
  }
}
