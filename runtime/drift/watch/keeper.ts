import { asMillraceError, type Clock, type MillraceError, type Timer } from '../../base/index.ts';
import type { DriftEvent, DriftPicture } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import { largestPoint } from '../history/largest-point.ts';
import type { DriftStore, HistoryPoint } from '../history/types.ts';

/** Is kept at most so often, ms: what a flash card can bear for years. What happens in between is kept together. */
const EVERY = 10_000;
/** Evaluations within this time make one point, ms. */
const POINT = 1_000;
/** Points and events that wait while the disk refuses them: the oldest are dropped. */
const WAITING = 200;

/** Puts on disk what a watch knows, off the way of its messages. */
export interface Keeper {
  /** After each message. @param evaluated whether it is worth writing soon: else it is kept with what follows */
  changed(evaluated: boolean): void;
  /** After a comparison. */
  note(point: HistoryPoint): void;
  /** What has left the node: it is kept as soon as what led to it has been dealt with. */
  keep(event: DriftEvent): void;
  /** Everything up to now. */
  flush(): Promise<void>;
  /** The points that are not on disk yet, once what is on its way there has arrived. */
  newest(): Promise<readonly HistoryPoint[]>;
  /** Why the last attempt failed. */
  readonly trouble: MillraceError | undefined;
  /** Flushes, and takes no more; `removed`: forgets the node instead. */
  close(removed: boolean): Promise<void>;
}

interface KeeperParts {
  readonly store: DriftStore;
  readonly clock: Clock;
  readonly node: string;
  /** Nothing while another reference is still being made: it is kept with what follows. */
  readonly now: () => { readonly state: unknown; readonly picture: DriftPicture } | undefined;
}

export function createKeeper({ store, clock, node, now }: KeeperParts): Keeper {
  let points: HistoryPoint[] = [];
  let events: DriftEvent[] = [];
  let changed = false;
  let timer: Timer | undefined;
  let last = -Infinity;
  let saving: Promise<void> = Promise.resolve();
  let trouble: MillraceError | undefined;
  let closed = false;
  let due = false;

  const save = async () => {
    const known = changed ? now() : undefined;
    if (!known) return;
    const kept = { points, events };
    [points, events, changed] = [[], [], false];
    try {
      await store.save(node, { ...known, ...kept });
      trouble = undefined;
    } catch (cause) {
      trouble = errors.DRIFT_NOT_KEPT({ reason: asMillraceError(cause).message }, { cause });
      points = [...kept.points, ...points].slice(-WAITING);
      events = [...kept.events, ...events].slice(-WAITING);
      changed = true;
    }
  };
  const saveNow = () => {
    timer?.cancel();
    timer = undefined;
    last = clock.monotonic();
    // One after the other: the newest is written last.
    return (saving = saving.then(save));
  };

  const saveSoon = (wait: number) => {
    if (wait > 0) timer ??= clock.after(wait, () => void saveNow());
    else if (!due) {
      due = true;
      // What has been seen just now is taken note of first.
      queueMicrotask(() => {
        due = false;
        void saveNow();
      });
    }
  };

  return {
    changed(evaluated) {
      changed = true;
      if (evaluated && !closed) saveSoon(last + EVERY - clock.monotonic());
    },
    note(point) {
      if (closed) return;
      const before = points.at(-1);
      if (before && point.time >= before.time && point.time - before.time < POINT) {
        points[points.length - 1] = largestPoint(before, point);
      } else points.push(point);
      if (points.length > WAITING) points = points.slice(-WAITING);
    },
    keep(event) {
      if (closed) return;
      changed = true;
      events.push(event);
      saveSoon(0);
    },
    flush: saveNow,
    async newest() {
      await saving;
      return points;
    },
    get trouble() {
      return trouble;
    },
    async close(removed) {
      if (closed) return;
      closed = true;
      if (!removed) return saveNow();
      timer?.cancel();
      changed = false;
      await saving;
      await store.forget(node);
    },
  };
}
