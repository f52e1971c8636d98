import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { writeDurably } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import { type RolloutState, rolloutState, STATE_FORMAT } from './rollout-state.ts';

const checked = z.object({ check: z.string(), content: z.unknown() });

/** A disk that ages turns bits and says nothing: only a sum of our own finds it. */
const checkOf = (content: unknown) => createHash('sha256').update(JSON.stringify(content)).digest('hex');

/** Writes the state over the one before; it is on the disk when this resolves. */
export const writeState = (file: string, state: RolloutState): Promise<void> => writeChecked(file, state);

/** Writes something with a sum of it, in the place of what was there; it is on the disk when this resolves. */
export async function writeChecked(file: string, content: object): Promise<void> {
  await writeDurably(file, `${JSON.stringify({ check: checkOf(content), content }, null, 2)}\n`);
}

/**
 * @returns the state; `none` where there never was one, `damaged` where it cannot be read or believed
 * @throws ROLLOUT_STATE_TOO_NEW
 */
export async function readState(file: string): Promise<RolloutState | 'none' | 'damaged'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) =>
    error.code === 'ENOENT' ? ('none' as const) : ('damaged' as const),
  );
  if (text === 'none' || text === 'damaged') return text;
  const content = checkedContent(text);
  if (content === undefined) return 'damaged';
  const { data: numbered } = z.object({ format: z.number() }).safeParse(content);
  if (numbered && numbered.format > STATE_FORMAT) {
    throw errors.ROLLOUT_STATE_TOO_NEW({ file, format: numbered.format, known: STATE_FORMAT });
  }
  const result = rolloutState.safeParse(content);
  return result.success ? result.data : 'damaged';
}

/** What `writeChecked` wrote, if it is as it was written. */
export function checkedContent(text: string): unknown {
  const outer = checked.safeParse(parsed(text));
  return outer.success && outer.data.check === checkOf(outer.data.content) ? outer.data.content : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
