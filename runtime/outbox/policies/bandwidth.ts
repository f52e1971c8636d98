/**
 * A token bucket that may be overdrawn: something may go out whenever it is not in debt, and so a batch stays whole; on the
 * average no more goes out than the rate.
 */
export interface Bandwidth {
  /** When something may go out again, ms of the monotonic clock. */
  readonly opens: number;
  /** What may go out now without a debt, bytes. */
  readonly open: number;
  spent(bytes: number): void;
}

/** What may be saved up while nothing is sent, ms of the rate. */
const SAVED = 1_000;

/** @param rate bytes a second; 0: no bound */
export function createBandwidth(rate: number, clock: { monotonic(): number }): Bandwidth {
  if (rate === 0) return { opens: -Infinity, open: Infinity, spent: () => undefined };
  const most = (rate * SAVED) / 1_000;
  let tokens = most;
  let filled = clock.monotonic();
  const fill = () => {
    const now = clock.monotonic();
    tokens = Math.min(most, tokens + ((now - filled) * rate) / 1_000);
    filled = now;
  };
  return {
    get opens() {
      fill();
      // One byte, so that a rounding does not ask again and again at the same moment.
      return tokens >= 0 ? filled : filled + ((1 - tokens) * 1_000) / rate;
    },
    get open() {
      fill();
      return Math.max(1, tokens);
    },
    spent(bytes) {
      fill();
      tokens = Math.min(most, tokens - bytes);
    },
  };
}
