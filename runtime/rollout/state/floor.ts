/** The newest release that ever held here: beside the state too, because slots show only what is there now. */
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { type Floor, floor } from './rollout-state.ts';
import { checkedContent, writeChecked } from './state-file.ts';

const FORMAT = 1;
const kept = z.object({ format: z.literal(FORMAT), newest: floor });

/** Whether the same may sign. Of what an older Millrace wrote that is not known. */
export const haveCommon = (one: readonly string[] | undefined, two: readonly string[] | undefined): boolean =>
  !one || !two || one.some((id) => two.includes(id));

/** The floor when another release has held: it sinks only where another authority has taken over. */
export const floorAfter = (before: Floor | undefined, held: Floor): Floor =>
  before && haveCommon(before.keys, held.keys) && before.version > held.version ? before : held;

/** `newest.json` */
export const writeFloor = (file: string, newest: Floor): Promise<void> =>
  writeChecked(file, { format: FORMAT, newest });

/** @returns nothing where there is none, or it cannot be believed */
export async function readFloor(file: string): Promise<Floor | undefined> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const { success, data } = kept.safeParse(checkedContent(text));
  return success ? data.newest : undefined;
}
