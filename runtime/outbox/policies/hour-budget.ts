/** What goes out within so long is counted together, ms. */
const GRAIN = 5_000;

const HOUR = 3_600_000;

/** Less than this share of the budget is saved up, unless it is enough for everything: many small batches cost more. */
const LEAST = 0.1;

interface Spent {
  readonly begun: number;
  bytes: number;
  /** When it no longer counts. */
  over: number;
}

/** So many bytes in any hour: of a metered link. */
export interface HourBudget {
  /**
   * When so many bytes may go out, ms of the monotonic clock; what is more than a whole budget may when an hour's is
   * unspent, and then counts for as many hours as it takes.
   */
  opens(bytes: number): number;
  /** What is left of this hour's. */
  readonly left: number;
  spent(bytes: number): void;
}

/** @param limit bytes an hour; 0: no bound */
export function createHourBudget(limit: number, clock: { monotonic(): number }): HourBudget {
  if (limit === 0) return { opens: () => -Infinity, left: Infinity, spent: () => undefined };
  let entries: Spent[] = [];
  let total = 0;
  const forget = () => {
    const now = clock.monotonic();
    if (!entries.some(({ over }) => over <= now)) return;
    entries = entries.filter(({ over }) => over > now);
    total = entries.reduce((sum, { bytes }) => sum + bytes, 0);
  };
  /** The newest first: it is they of which more had been thought. */
  const giveBack = (bytes: number) => {
    let left = bytes;
    for (const entry of entries.toReversed()) {
      const part = Math.min(left, entry.bytes);
      entry.bytes -= part;
      left -= part;
    }
  };

  return {
    opens(bytes) {
      forget();
      const needed = Math.min(limit, bytes);
      let free = limit - total;
      if (free >= needed) return clock.monotonic();
      for (const { bytes: back, over } of entries.toSorted((a, b) => a.over - b.over)) {
        free += back;
        if (free >= needed) return over;
      }
      return clock.monotonic() + HOUR;
    },
    get left() {
      forget();
      return Math.max(0, limit - total);
    },
    spent(bytes) {
      const now = clock.monotonic();
      total = Math.max(0, total + bytes);
      if (bytes < 0) return giveBack(-bytes);
      let last = entries.at(-1);
      if (!last || now - last.begun > GRAIN) entries.push((last = { begun: now, bytes: 0, over: 0 }));
      last.bytes += bytes;
      last.over = now + HOUR * Math.max(1, last.bytes / limit);
    },
  };
}

/** What is worth sending for: all that waits, or a good part of the budget. */
export const worthwhile = (limit: number, waiting: number): number => Math.min(waiting, limit * LEAST);
