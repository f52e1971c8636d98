import { createHash } from 'node:crypto';
import { MillraceError, type Timer } from '../../base/index.ts';
import type { DriftPayload, DriftPicture, ModelIdentity } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { DriftOptions } from '../create-drift.ts';
import type { DriftStore, HistoryPoint } from '../history/types.ts';
import { WINDOW } from '../schema.ts';
import type { Watch, Watcher, WatchObservation, WatchSettings } from '../types.ts';
import { runInTurns, runThrough } from '../run-through.ts';
import { chooseReference } from './choose-reference.ts';
import type { HealthyAnswers } from './healthy-answers.ts';
import { createKeeper } from './keeper.ts';
import { measured } from './metrics.ts';
import { createMixture } from './mixture.ts';
import { createOpenEvents, type OpenEvents } from './open-events.ts';
import { type MessageParts, readMessage } from './read-message.ts';
import type { Seen } from './seen.ts';
import { type Watching, watchingInPieces } from './watching.ts';

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

/** A reference that could not be had is asked for again after this many ms, not with each message. */
const RETRY = 5000;

/** Truths that may wait for the first answer. */
const EARLY = 200;

/** What is watched with, or will be: `made` is there at once when `ready` has resolved. */
interface Current {
  /** The model whose predictions it is for; `undefined` where the messages name none. */
  readonly predicted: ModelIdentity | undefined;
  readonly ready: Promise<Watching>;
  made?: Watching;
  /** Since when it has failed, on the clock that never goes back. */
  failed?: number;
}

/** What is kept of a watch. */
interface WatchSaved {
  readonly format: 1;
  /** Of the settings, and of the reference's model. */
  readonly settings: string;
  readonly reference: string;
  /** The reference of the package was given up for what the stream is now. */
  readonly relearned: boolean;
  readonly watching: unknown;
  readonly open: unknown;
}

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
  const fixed = settings.model !== undefined || settings.source === 'stream';
  const mixture = createMixture(settings.window ?? WINDOW.standard);
  const key = digestOf({ ...settings, model: undefined });
  let current: Current | undefined;
  let chosen = settings.model;
  /** The package's reference was given up: this is what is normal now. */
  let relearned = false;
  /** That is asked for, and there was nothing yet that could be given up. */
  let wished = false;
  /** Ends that no message has led to: they are told with the next one. */
  const untold: WatchObservation[] = [];
  let loaded: Promise<WatchSaved | undefined> | undefined;
  let open: OpenEvents = createOpenEvents();
  /** Truths that came before the first answer. */
  let early: MessageParts[] = [];
  let looked = 0;
  let silence: Timer | undefined;
  let closed = false;

  /** What was kept: for whoever has the same reference, until something else is kept in its place. */
  const load = () => {
    loaded ??= store && watcher ? store.load(watcher.id).then(savedOf, () => undefined) : Promise.resolve(undefined);
    return loaded;
  };
  const savedOf = (value: unknown): WatchSaved | undefined => {
    const saved = value as WatchSaved | undefined;
    return saved?.format === 1 && saved.settings === key ? saved : undefined;
  };
  const referenceOf = (pkg: ModelPackage | undefined) => (pkg?.reference ? pkg.digest : 'stream');

  const begin = (predicted: ModelIdentity | undefined, parts: MessageParts): Current => {
    const make = async (): Promise<Watching> => {
      const [pkg, saved] = await Promise.all([
        clock.hold(chooseReference(models, { ...settings, model: chosen }, predicted, parts.rows[0]?.values)),
        load(),
      ]);
      const isSame = saved?.reference === referenceOf(pkg);
      if (isSame) {
        loaded = Promise.resolve(undefined);
        relearned = saved.relearned;
        open = createOpenEvents(saved.open);
      }
      const made = (before: unknown) => clock.hold(runInTurns(watchingOf(pkg, before, parts.rows.length > 0)));
      if (!isSame) return await made(undefined);
      return await made(saved.watching).catch((thrown: unknown) => {
        if (thrown instanceof MillraceError) throw thrown;
        // Of another version of Millrace, or damaged: it begins anew.
        open = createOpenEvents();
        return made(undefined);
      });
    };
    const ready = make().then((made) => {
      begun.made = wished && current === begun ? anew(made, looked || parts.time) : made;
      return begun.made;
    });
    const begun: Current = { predicted, ready };
    ready.catch(() => (begun.failed = clock.monotonic()));
    return begun;
  };
  let lastPackage: ModelPackage | undefined;
  const watchingOf = function* (
    pkg: ModelPackage | undefined,
    saved: unknown,
    hasRows: boolean,
  ): Generator<void, Watching> {
    lastPackage = pkg;
    const made: Watching = yield* watchingInPieces({
      ...{ settings, clock, saved, hasRows },
      pkg: relearned && pkg ? withoutReference(pkg) : pkg,
      isOwn: ({ digest }) => digest === pkg?.digest,
      answersOfReference: pkg && !relearned ? healthyAnswers(pkg) : undefined,
      heard: (seen) => tell(observationsOf(made, seen)),
    });
    return made;
  };

  /** In the place of what is known: what comes from now on is as it should be. */
  const anew = (made: Watching, time: number): Watching => {
    untold.push(...endOf(made, time));
    relearned = true;
    wished = false;
    return runThrough(watchingOf(lastPackage, undefined, false));
  };

  const isStale = ({ predicted, failed }: Current, wanted: ModelIdentity | undefined) =>
    predicted?.digest !== wanted?.digest || (failed !== undefined && clock.monotonic() - failed >= RETRY);

  const pictureOf = ({ model, picture }: Watching): DriftPicture => ({
    ...{ format: 1, node: watcher?.id ?? '', name: watcher?.name ?? '', ...(model && { model }) },
    ...{ time: looked, ...picture() },
  });
  const keeper =
    store && watcher
      ? createKeeper({
          ...{ store, clock, node: watcher.id },
          now: () => {
            const made = current?.made;
            if (!made) return undefined;
            loaded = Promise.resolve(undefined);
            return {
              state: {
                ...{ format: 1, settings: key, reference: referenceOf(lastPackage), relearned },
                ...{ watching: made.save(), open: open.save() },
              } satisfies WatchSaved,
              picture: pictureOf(made),
            };
          },
        })
      : undefined;

  const tell = (observations: readonly WatchObservation[]) => {
    if (!closed) for (const observation of observations) watcher?.heard?.(observation);
  };

  /** Keeps what was seen, and says it. */
  const observationsOf = (
    made: Watching,
    { evaluated, events, points, unusual, time = 0 }: Seen,
  ): WatchObservation[] => {
    looked = Math.max(looked, time);
    keeper?.changed(evaluated);
    if (!evaluated && !unusual) return [];
    for (const point of points) keeper?.note(point);
    for (const event of events) {
      open.take(event);
      keeper?.keep({ time: looked, payload: event });
    }
    const { summary, model } = made;
    if (watcher) measured.state(watcher.id, summary);
    const common = { summary, ...(model && { model }) };
    const observed: WatchObservation[] = events.map((event) => ({ ...common, event }));
    if (observed.length === 0) observed.push(common);
    const lastOne = observed.at(-1) as WatchObservation;
    if (unusual)
      observed[observed.length - 1] = {
        ...lastOne,
        unusual: { message: unusual.carrier as never, ...unusual.unusual },
      };
    return observed;
  };

  /** A sensor that falls silent is told of although no message comes. */
  const listenForSilence = (made: Watching) => {
    const from = made.silentFrom;
    if (closed || silence || from === undefined || !watcher?.heard) return;
    silence = clock.after(Math.max(1, from - clock.monotonic()), () => {
      silence = undefined;
      if (closed || current?.made !== made) return;
      const now = made.silentFrom;
      if (now !== undefined && now <= clock.monotonic()) tell(observationsOf(made, made.silent()));
      else listenForSilence(made);
    });
  };

  return {
    async observe(message) {
      const parts = readMessage(message, property, clock.now());
      const isTruth = parts.rows.length === 0 && parts.predictions.length === 0;
      const before = current;
      if (isTruth && !before) {
        // Which model it is about, the answers will say.
        early = [...early, parts].slice(-EARLY);
        return [];
      }
      if (!isTruth) {
        // A message that names no model does not end the watch of one.
        const predicted = fixed ? undefined : (parts.model ?? before?.predicted);
        mixture.hear(predicted, before?.predicted);
        if (!current || isStale(current, predicted)) current = begin(predicted, parts);
      }
      const ended = before?.made && before !== current ? endOf(before.made) : [];
      const made = current?.made ?? (await (current as Current).ready);
      const late = early.splice(0).flatMap((truth) => observationsOf(made, made.take(truth, truth)));
      const seen = made.take(parts, message);
      listenForSilence(made);
      const observed = [...ended, ...untold.splice(0), ...late, ...observationsOf(made, seen)];
      if (!seen.error) return observed;
      // What else was in the message has been taken, and what it led to is told.
      tell(observed);
      throw seen.error;
    },
    follow(model) {
      chosen = model;
      const made = current?.made;
      current = undefined;
      return made ? endOf(made) : [];
    },
    relearn() {
      const made = current?.made;
      if (!made) {
        wished = true;
        return [];
      }
      const fresh = anew(made, looked);
      current = { predicted: current?.predicted, ready: Promise.resolve(fresh), made: fresh };
      const ended = untold.splice(0);
      return ended.length > 0 ? ended : [{ summary: fresh.summary, ...(made.model && { model: made.model }) }];
    },
    report() {
      const made = current?.made;
      if (!made) return [];
      const common = { summary: made.summary, ...(made.model && { model: made.model }) };
      return open.now(made.summary).map((event) => ({ ...common, event }));
    },
    async restored() {
      if (!store || !watcher) return undefined;
      const picture = await store.picture(watcher.id).catch(() => undefined);
      if (!picture || !(await store.load(watcher.id).then(savedOf, () => undefined))) return undefined;
      return picture;
    },
    picture: () => (current?.made ? pictureOf(current.made) : undefined),
    flush: async () => keeper?.flush(),
    newest: async () => (await keeper?.newest()) ?? [],
    get trouble(): MillraceError | undefined {
      return current?.made?.doubt ?? keeper?.trouble;
    },
    async close(removed = false) {
      closed = true;
      silence?.cancel();
      if (watcher && removed) measured.gone(watcher.id);
      await keeper?.close(removed);
    },
  };

  function endOf(made: Watching, time = looked): WatchObservation[] {
    const { summary, model } = made;
    return made.end().map((event: DriftPayload) => {
      open.take(event);
      measured.event(event);
      keeper?.keep({ time, payload: event });
      return { summary, event, ...(model && { model }) };
    });
  }
}

const withoutReference = ({ reference: _, ...pkg }: ModelPackage): ModelPackage => pkg;

/** Of settings: whatever is set, in whichever order. */
function digestOf(settings: object): string {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return createHash('sha256')
    .update(JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');
}
