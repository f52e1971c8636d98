import type { DriftPayload } from '../../messages/index.ts';
import type { Watcher, WatchObservation } from '../types.ts';
import type { Keeper } from './keeper.ts';
import { measured } from './metrics.ts';
import { createOpenEvents } from './open-events.ts';
import type { Seen } from './seen.ts';
import type { Watching } from './watching.ts';

/** Makes observations of what is seen, and has them kept. */
export interface Observations {
  /** When the newest row was measured, by a clock that is put right where it jumps; 0: none was. */
  readonly looked: number;
  /** What has begun and is not over, as plain JSON. */
  readonly open: unknown;
  /** Goes on from what `open` gave; from nothing, where that is left out. */
  reopen(open?: unknown): void;
  of(watching: Watching, seen: Seen): WatchObservation[];
  /** What is on ends, because this is given up. */
  endOf(watching: Watching, time?: number): WatchObservation[];
  /** How it stands, as events that are sent anew. */
  standing(watching: Watching): WatchObservation[];
}

export function createObservations(watcher: Watcher | undefined, keeper: Keeper | undefined): Observations {
  let events = createOpenEvents();
  let looked = 0;

  const common = ({ summary, model }: Watching) => ({ summary, ...(model && { model }) });
  const take = (event: DriftPayload, time: number) => {
    events.take(event);
    keeper?.keep({ time, payload: event });
  };

  return {
    get looked() {
      return looked;
    },
    get open() {
      return events.save();
    },
    reopen(open) {
      events = createOpenEvents(open);
    },
    of(watching, seen) {
      looked = Math.max(looked, seen.time ?? 0);
      keeper?.changed(seen.evaluated);
      if (!seen.evaluated && !seen.unusual) return [];
      for (const point of seen.points) keeper?.note(point);
      for (const event of seen.events) take(event, looked);
      const stand = common(watching);
      if (watcher) measured.state(watcher.id, stand.summary);
      const observed: WatchObservation[] = seen.events.map((event) => ({ ...stand, event }));
      const last = observed.pop() ?? stand;
      if (!seen.unusual) return [...observed, last];
      const { carrier, unusual } = seen.unusual;
      return [...observed, { ...last, unusual: { message: carrier as never, ...unusual } }];
    },
    endOf(watching, time = looked) {
      const stand = common(watching);
      return watching.end().map((event) => {
        take(event, time);
        measured.event(event);
        return { ...stand, event };
      });
    },
    standing(watching) {
      const stand = common(watching);
      return events.now(stand.summary).map((event) => ({ ...stand, event }));
    },
  };
}
