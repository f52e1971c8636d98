/** The flow of a supervisor that was killed: it ends by itself when the channel closes, and until then nothing may start. */
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../base/index.ts';
import { readSecretFile, writeSecretFile } from '../../keys/index.ts';
import { identityOf, stillRuns } from './process-identity.ts';

const kept = z.object({ format: z.literal(1), pid: z.number().int().positive(), started: z.string() });
const POLL = 100;

/** Written when a flow has been started, before it is let do anything else. */
export async function rememberFlow(file: string, pid: number): Promise<void> {
  const identity = identityOf(pid);
  if (identity) await writeSecretFile(file, `${JSON.stringify({ format: 1, ...identity })}\n`);
}

export const forgetFlow = (file: string): Promise<void> => rm(file, { force: true });

/**
 * Waits until the flow that is kept in `file` has ended, and ends it by force after `patience` ms.
 *
 * @returns whether there was one that still ran
 */
export async function endLeftoverFlow(file: string, patience: number, clock: Clock): Promise<boolean> {
  const found = kept.safeParse(parsed(await readSecretFile(file)));
  if (!found.success) {
    await forgetFlow(file);
    return false;
  }
  const ran = stillRuns(found.data);
  const end = clock.monotonic() + patience;
  while (stillRuns(found.data)) {
    if (clock.monotonic() >= end) kill(found.data.pid);
    await clock.sleep(POLL);
  }
  await forgetFlow(file);
  return ran;
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended just now.
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
