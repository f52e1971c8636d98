import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { type RolloutState, rolloutState, STATE_FORMAT } from './rollout-state.ts';
import { writeDurably } from './write-durably.ts';

const checked = z.object({ check: z.string(), content: z.unknown() });

/** A disk that ages turns bits and says nothing: only a sum of our own finds it. */
const checkOf = (content: unknown) => createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** Writes the state over the one before; it is on the disk when this resolves. */
export async function writeState(file: string, state: RolloutState): Promise<void> {
  await writeDurably(file, `${JSON.stringify({ check: checkOf(state), content: state }, null, 2)}\n`);
}

/**
 * @returns the state; `none` where there never was one, `damaged` where it cannot be believed
 * @throws ROLLOUT_STATE_TOO_NEW, or what reading a file throws
 */
export async function readState(file: string): Promise<RolloutState | 'none' | 'damaged'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return 'none';
  const outer = checked.safeParse(parsed(text));
  if (!outer.success || outer.data.check !== checkOf(outer.data.content)) return 'damaged';
  const { content } = outer.data;
  const format = (content as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > STATE_FORMAT) {
    throw errors.ROLLOUT_STATE_TOO_NEW({ file, format, known: STATE_FORMAT });
  }
  const result = rolloutState.safeParse(content);
  return result.success ? result.data : 'damaged';
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
