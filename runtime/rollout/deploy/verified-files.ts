import { stat } from 'node:fs/promises';
import { sha256Of } from './incoming.ts';

/** Which files have been read and were what they should be. */
export interface VerifiedFiles {
  /** Reads it, unless it was read before and looks as it did then. */
  isWhole(file: string, sha256: string): Promise<boolean>;
  /** Reads each file anew from here on: a disk may have turned a bit since. */
  forget(): void;
}

/**
 * Over a slow line an offer is made again and again, and a card that holds hundreds of megabytes takes a minute to read: each try
 * would begin with that minute.
 */
export function createVerifiedFiles(): VerifiedFiles {
  const known = new Map<string, string>();
  return {
    async isWhole(file, sha256) {
      try {
        const { size, mtimeNs, ino } = await stat(file, { bigint: true });
        const looks = [sha256, size, mtimeNs, ino].join();
        if (known.get(file) === looks) return true;
        const whole = (await sha256Of(file)) === sha256;
        if (whole) known.set(file, looks);
        return whole;
      } catch {
        // Not there, or not to be read: it is sent again.
        return false;
      }
    },
    forget: () => known.clear(),
  };
}
