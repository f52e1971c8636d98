import { statfs } from 'node:fs/promises';

/** Looks whether the disk still has room for others while something is written to it. */
export interface RoomKeeper {
  /** Before so many bytes are written. @throws ENOSPC where they would leave too little */
  before(bytes: number): Promise<void>;
}

/** As much is written between two looks. A small file takes a page and more. */
const [BETWEEN, PAGE] = [262_144, 4_096];

/**
 * @param directory on the disk
 * @param keepFree  bytes that are to stay free
 */
export function createRoomKeeper(directory: string, keepFree: number): RoomKeeper {
  let since = Infinity;
  return {
    async before(bytes) {
      since += Math.max(bytes, PAGE);
      if (since < BETWEEN) return;
      since = 0;
      const { bavail, bsize } = await statfs(directory);
      if (bavail * bsize < bytes + keepFree) throw Object.assign(new Error('no room'), { code: 'ENOSPC' });
    },
  };
}
