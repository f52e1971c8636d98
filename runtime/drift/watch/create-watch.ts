import type { MillraceError } from '../../base/index.ts';
import type { DriftPicture } from '../../messages/index.ts';
import type { DriftOptions } from '../create-drift.ts';
import type { DriftStore, HistoryPoint } from '../history/types.ts';
import type { Watch, Watcher, WatchObservation, WatchSettings } from '../types.ts';
import type { HealthyAnswers } from './healthy-answers.ts';
import { createKeeper } from './keeper.ts';
import { createKeptWatch } from './kept-watch.ts';
import { measured } from './metrics.ts';
import { createObservations, type Observations } from './observations.ts';
import { type MessageParts, readMessage } from './read-message.ts';
import { createSilence } from './silence.ts';
import { createSuccession, type Succession } from './succession.ts';
import type { Watching } from './watching.ts';

/** A watch as the room holds it. */
export interface LiveWatch extends Watch {
  /** As it is now; undefined before the first evaluation. */
  picture(): DriftPicture | undefined;
  /** Puts on disk what is known. */
  flush(): Promise<void>;
  /** Points of the history that are not on disk yet. */
  newest(): Promise<readonly HistoryPoint[]>;
}

export interface WatchParts extends Pick<DriftOptions, 'models' | 'clock'> {
  readonly healthyAnswers: HealthyAnswers;
  readonly store?: DriftStore | undefined;
}

/** Truths that may wait for the first answer. */
const EARLY = 200;

/**
 * One node's watch: reads each message, and finds the reference when the first one shows which model it is about. When another model
 * answers, its reference takes the place of the old one and a drift that was on ends. Models that answer by turns are refused:
 * each turn would begin anew and no window ever be full. What is known is kept on disk where there is a store, and goes on
 * there after a restart.
 */
export function createWatch(
  { models, clock, healthyAnswers, store }: WatchParts,
  settings: WatchSettings,
  watcher?: Watcher,
): LiveWatch {
  const { property = 'features' } = settings;
  /** Truths that came before the first answer. */
  let early: MessageParts[] = [];
  /** Ends that no message has led to: they are told with the next one. */
  let untold: WatchObservation[] = [];
  let closed = false;

  const made = () => succession.current?.made;
  const pictureOf = ({ model, picture }: Watching): DriftPicture => ({
    ...{ format: 1, node: watcher?.id ?? '', name: watcher?.name ?? '', ...(model && { model }) },
    ...{ time: observations.looked, ...picture() },
  });
  const kept = createKeptWatch(store, watcher?.id, settings);
  const keeper =
    store && watcher
      ? createKeeper({
          ...{ store, clock, node: watcher.id },
          now: () => {
            const watching = made();
            if (!watching) return undefined;
            const state = kept.of({ ...succession.save(watching), open: observations.open });
            return { state, picture: pictureOf(watching) };
          },
        })
      : undefined;
  const observations: Observations = createObservations(watcher, keeper);

  const tell = (observed: readonly WatchObservation[]) => {
    if (!closed) for (const observation of observed) watcher?.heard?.(observation);
  };
  const takeUntold = () => {
    const ends = untold;
    untold = [];
    return ends;
  };

  const succession: Succession = createSuccession({
    ...{ models, settings, clock, healthyAnswers, kept },
    reopen: (open) => observations.reopen(open),
    heard: (watching, seen) => tell(observations.of(watching, seen)),
    givenUp(watching, time) {
      untold.push(...observations.endOf(watching, observations.looked || time));
    },
  });
  const silence = createSilence(
    clock,
    (watching) => made() === watching,
    (watching) => tell(observations.of(watching, watching.silent())),
  );

  return {
    async observe(message) {
      const parts = readMessage(message, property, clock.now());
      const isTruth = parts.rows.length === 0 && parts.predictions.length === 0;
      const before = succession.current;
      if (isTruth && !before) {
        // Which model it is about, the answers will say.
        early = [...early, parts].slice(-EARLY);
        return [];
      }
      const current = isTruth && before ? before : succession.heed(parts);
      const ended = before?.made && before !== current ? observations.endOf(before.made) : [];
      const watching = current.made ?? (await current.ready);
      const late = early.splice(0).flatMap((truth) => observations.of(watching, watching.take(truth, truth)));
      const seen = watching.take(parts, message);
      if (watcher?.heard) silence.listen(watching);
      const observed = [...ended, ...takeUntold(), ...late, ...observations.of(watching, seen)];
      if (!seen.error) return observed;
      // What else was in the message has been taken, and what it led to is told.
      tell(observed);
      throw seen.error;
    },
    follow(model) {
      const watching = made();
      succession.follow(model);
      return watching ? observations.endOf(watching) : [];
    },
    relearn() {
      const model = made()?.model;
      const anew = succession.relearn();
      if (!anew) return [];
      const ended = takeUntold();
      return ended.length > 0 ? ended : [{ summary: anew.summary, ...(model && { model }) }];
    },
    report() {
      const watching = made();
      return watching ? observations.standing(watching) : [];
    },
    restored: () => kept.picture(),
    picture() {
      const watching = made();
      return watching && pictureOf(watching);
    },
    flush: async () => keeper?.flush(),
    newest: async () => (await keeper?.newest()) ?? [],
    get trouble(): MillraceError | undefined {
      return made()?.doubt ?? keeper?.trouble;
    },
    async close(removed = false) {
      closed = true;
      silence.close();
      if (watcher && removed) measured.gone(watcher.id);
      await keeper?.close(removed);
    },
  };
}
