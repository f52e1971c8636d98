import { PART_BYTES } from '../../messages/index.ts';

/** How much of a deploy may be on its way before it is acknowledged, found out as it goes. */
export interface SendWindow {
  /** Before compression. */
  readonly bytes: number;
  /** A piece was acknowledged so many ms after it was sent. */
  acknowledged(ms: number): void;
}

/** So little that it is through within seconds on a line of 2 kB/s. */
const FIRST = 16_384;
const LEAST = 8_192;
/** Enough to fill a fast line, little to hold. */
const MOST = 4 * PART_BYTES;
/** ms: what else the two have to say, such as a sign of life, waits behind what is on its way, and must not take half a minute. */
const [QUICK, SLOW] = [2_000, 6_000];

export function createSendWindow(): SendWindow {
  let bytes = FIRST;
  return {
    get bytes() {
      return bytes;
    },
    acknowledged(ms) {
      if (ms < QUICK) bytes = Math.min(MOST, 2 * bytes);
      else if (ms > SLOW) bytes = Math.max(LEAST, bytes / 2);
    },
  };
}
