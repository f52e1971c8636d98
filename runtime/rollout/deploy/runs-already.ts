import { checkUnpacked } from '../../bundle/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';
import { limits } from '../limits.ts';
import { isSame, type Parts } from './parts.ts';

/** Whether there is nothing to do. One that has never held, keeps failing, or that the disk has spoilt is put there anew. */
export async function runsAlready(
  { store, slots }: Pick<Parts, 'store' | 'slots'>,
  release: ReleaseFacts,
): Promise<boolean> {
  const { state, active, slots: records, failures } = store.current;
  const record = state === 'idle' && active !== undefined ? records[active] : undefined;
  if (!active || !record?.proven || !isSame(record.release, release)) return false;
  if (failures >= limits.failures.value) return false;
  return await checkUnpacked(slots.directory(active)).then(
    () => true,
    () => false,
  );
}
