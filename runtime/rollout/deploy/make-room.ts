import { sep } from 'node:path';
import { SLOTS } from '../state/rollout-state.ts';
import type { Parts } from './parts.ts';
import { checkRoom, isRoom } from './room.ts';

/**
 * Before anything comes: where there is too little room, what nobody can run has to go, such as what is left in a slot of a
 * bundle that was refused.
 *
 * @param bytes that the bundle needs
 * @param used  files that it takes from where they lie
 * @throws DEPLOY_NO_ROOM
 */
export async function makeRoom(
  { directory, slots, store }: Parts,
  name: string,
  bytes: number,
  used: Iterable<string> = [],
): Promise<void> {
  const files = [...used];
  for (const slot of SLOTS) {
    if (await isRoom(directory, bytes)) return;
    const { active, slots: records } = store.current;
    const isUsed = files.some((file) => file.startsWith(slots.directory(slot) + sep));
    if (slot !== active && !records[slot] && !isUsed) await slots.empty(slot);
  }
  await checkRoom(directory, name, bytes);
}
