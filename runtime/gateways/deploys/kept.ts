/** Deploys on disk until a gateway has decided on them: a bundle, and a note that it is whole. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeSecretFile } from '../../keys/index.ts';
import { releaseFacts, type ReleaseFacts } from '../../messages/index.ts';
import { readFolder } from '../read-folder.ts';
import type { SignedBundle } from '../types.ts';

const note = z.object({ format: z.literal(1), release: releaseFacts, handedOver: z.boolean().optional() });

export interface DeployNote {
  readonly release: ReleaseFacts;
  /** The gateway was told that it has all. */
  readonly handedOver?: boolean | undefined;
}

export interface KeptDeploys {
  fileOf(gateway: string): string;
  /** In place of the one that was kept for this gateway. */
  keep(gateway: string, bundle: SignedBundle): Promise<void>;
  /** Of the one that is kept. */
  note(gateway: string, deploy: DeployNote): Promise<void>;
  drop(gateway: string): Promise<void>;
  /** Of an earlier process. A note that cannot be used is no deploy. */
  list(): Promise<readonly ({ readonly gateway: string } & DeployNote)[]>;
}

export function keptDeploys(directory: string, warn: (error: unknown) => void): KeptDeploys {
  const fileOf = (gateway: string) => join(directory, `${gateway}.mrb`);
  const noteOf = (gateway: string) => join(directory, `${gateway}.json`);
  /** One after the other: the end of a deploy must not take the files of the next one with it. */
  let turn: Promise<void> = Promise.resolve();
  const inTurn = (work: () => Promise<void>) => {
    const done = turn.then(work);
    turn = done.catch(() => undefined);
    return done;
  };
  const drop = async (gateway: string) => {
    // The note goes first: a bundle without one is no deploy.
    await rm(noteOf(gateway), { force: true });
    await rm(fileOf(gateway), { force: true });
  };
  const write = (gateway: string, { release, handedOver }: DeployNote) =>
    writeSecretFile(noteOf(gateway), `${JSON.stringify({ format: 1, release, handedOver })}\n`);
  return {
    fileOf,
    note: (gateway, deploy) => inTurn(() => write(gateway, deploy)),
    drop: (gateway) => inTurn(() => drop(gateway)),
    keep: (gateway, { bytes, release }) =>
      inTurn(async () => {
        await mkdir(directory, { recursive: true, mode: 0o700 });
        await drop(gateway);
        await writeFile(`${fileOf(gateway)}.part`, bytes, { mode: 0o600, flush: true });
        await rename(`${fileOf(gateway)}.part`, fileOf(gateway));
        await write(gateway, { release });
      }),
    async list() {
      const notes = await readFolder(directory, note, warn);
      return [...notes].map(([gateway, { release, handedOver }]) => ({ gateway, release, handedOver }));
    },
  };
}
