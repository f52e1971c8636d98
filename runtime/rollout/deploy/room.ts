import { statfs } from 'node:fs/promises';
import type { Bundle } from '../../bundle/index.ts';
import { errors } from '../errors.ts';
import { limits } from '../limits.ts';

/** Bytes of the files of a bundle, unpacked. */
export const bytesOf = ({ manifest }: Bundle): number =>
  Object.values(manifest.files).reduce((sum, { bytes }) => sum + bytes, 0);

/** Whether so much fits beside what runs goes on writing. */
export async function isRoom(directory: string, bytes: number): Promise<boolean> {
  return (await freeIn(directory)) >= bytes + limits.reserve.value;
}

/**
 * Before anything comes that would not fit in the end, beside what runs goes on writing.
 *
 * @throws DEPLOY_NO_ROOM
 */
export async function checkRoom(directory: string, name: string, bytes: number): Promise<void> {
  const free = await freeIn(directory);
  const needed = bytes + limits.reserve.value;
  if (free >= needed) return;
  limits.reserve.cost();
  throw errors.DEPLOY_NO_ROOM({ name, needed, free });
}

async function freeIn(directory: string): Promise<number> {
  const { bavail, bsize } = await statfs(directory);
  return bavail * bsize;
}
