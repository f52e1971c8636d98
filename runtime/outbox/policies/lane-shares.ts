import type { Lane } from '../schema.ts';

/** How the wire is shared while several lanes have something: by bytes. Alarms do not share, they come first. */
const WEIGHT: Readonly<Record<Lane, number>> = { alarm: Infinity, live: 4, bulk: 1 };

/**
 * Stride scheduling: each lane pays for what it sends by its weight, and the one that has paid least is next. Resends do
 * not starve live data, nor live data them.
 *
 * @see Waldspurger & Weihl (1995), Stride Scheduling
 */
export function createLaneShares() {
  const paid = new Map<Lane, number>();
  let least = 0;
  return {
    /** @param lanes at least one */
    next(lanes: readonly Lane[]): Lane {
      let chosen: Lane | undefined;
      let lowest = Infinity;
      for (const lane of lanes) {
        // Whoever had nothing to send for a while has saved up nothing.
        const own = Math.max(paid.get(lane) ?? 0, least);
        paid.set(lane, own);
        if (own < lowest) [chosen, lowest] = [lane, own];
      }
      if (!chosen) throw new RangeError('no lane to choose from');
      least = lowest;
      return chosen;
    },
    spent(lane: Lane, bytes: number): void {
      paid.set(lane, (paid.get(lane) ?? 0) + bytes / WEIGHT[lane]);
    },
  };
}
