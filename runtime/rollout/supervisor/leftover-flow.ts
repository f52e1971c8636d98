/**
 * The flow of a supervisor that was killed: it ends by itself when the channel closes, and until then nothing should start. Where
 * one cannot be ended the flow's own lock on the user directory still keeps two apart.
 */
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import type { Clock } from '../../base/index.ts';
import { readSecretFile, writeDurably } from '../../keys/index.ts';
import { identityOf, type ProcessIdentity, stillRuns } from './process-identity.ts';

const kept = z.object({ format: z.literal(1), pid: z.number().int().positive(), started: z.string() });
const POLL = 100;

/** Written when a flow has been started, before it is let do anything else. */
export async function rememberFlow(file: string, pid: number): Promise<void> {
  const identity = identityOf(pid);
  if (identity) await writeDurably(file, `${JSON.stringify({ format: 1, ...identity })}\n`);
}

/** A note that is left says of a process that it has gone: harmless, where the disk no longer lets go of it. */
export const forgetFlow = (file: string): Promise<void> => rm(file, { force: true }).catch(() => undefined);

/**
 * Waits until the flow that is kept in `file` has ended, and ends it by force after `patience` ms, where it is surely that flow
 * and may be ended.
 *
 * @returns whether there was one that still ran, and has ended
 */
export async function endLeftoverFlow(file: string, patience: number, clock: Clock): Promise<boolean> {
  const found = kept.safeParse(parsed(await readSecretFile(file).catch(() => undefined)));
  if (!found.success) {
    await forgetFlow(file);
    return false;
  }
  const ran = stillRuns(found.data);
  const end = clock.monotonic() + patience;
  while (stillRuns(found.data)) {
    if (clock.monotonic() >= end && !killed(found.data)) return false;
    await clock.sleep(POLL);
  }
  await forgetFlow(file);
  return ran;
}

/** @returns whether it is ending */
function killed({ pid, started }: ProcessIdentity): boolean {
  // Where the system does not tell one process from a later one with its number, it may be anybody's by now.
  if (started === '') return false;
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
