import { statfs } from 'node:fs/promises';
import { errors } from '../errors.ts';
import { freeBytes } from '../limits.ts';

/**
 * Holds that the disk keeps the free space that recordings leave to others.
 *
 * @throws RECORDING_DISK_FULL
 */
export async function checkFreeSpace(path: string): Promise<void> {
  const { bavail, bsize } = await statfs(path);
  const free = bavail * bsize;
  if (free < freeBytes.value) throw errors.RECORDING_DISK_FULL({ path, free, needed: freeBytes.value });
}
