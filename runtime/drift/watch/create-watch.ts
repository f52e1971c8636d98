import type { MillraceError } from '../../base/index.ts';
import { type DriftPicture, type ModelIdentity, readProperty } from '../../messages/index.ts';
import type { DriftOptions } from '../create-drift.ts';
import { findFeatures } from './find-features.ts';
import { createMixture } from './mixture.ts';
import { createMonitor } from '../monitor/create-monitor.ts';
import { chooseReference, predictedBy } from './choose-reference.ts';
import { WINDOW } from '../schema.ts';
import type { DriftStore } from '../history/types.ts';
import { createKeeper } from './keeper.ts';
import type { FeatureRow, Monitor, Watch, Watcher, WatchObservation, WatchSettings } from '../types.ts';

/** A watch as the room holds it. */
export interface LiveWatch extends Watch {
  /** As it is now; undefined before the first evaluation. */
  picture(): DriftPicture | undefined;
  /** Puts on disk what is known. */
  flush(): Promise<void>;
  readonly trouble: MillraceError | undefined;
  close(removed?: boolean): Promise<void>;
}

export interface KeptWatcher extends Watcher {
  readonly store?: DriftStore;
}

/** A reference that could not be had is asked for again after this many ms, not with each message. */
const RETRY = 5000;

/** A monitor with the model that its reference belongs to. */
interface Watching {
  readonly monitor: Monitor;
  readonly model?: ModelIdentity;
}

/** What is watched with, or will be: `made` is there at once when `ready` has resolved. */
interface Current {
  /** The model whose predictions it is for; `undefined` where the messages name none. */
  readonly predicted: ModelIdentity | undefined;
  readonly ready: Promise<Watching>;
  made?: Watching;
  /** Since when it has failed, on the clock that never goes back. */
  failed?: number;
}

/**
 * One node's watch: finds the features of each message, and the reference when the first message shows which model it is
 * about. When another model answers, its reference takes the place of the old one and a drift that was on ends. Models
 * that answer by turns are refused: each turn would begin anew and no window ever be full.
 */
export function createWatch(
  { models, clock }: DriftOptions,
  settings: WatchSettings,
  watcher?: KeptWatcher,
): LiveWatch {
  const { property = 'features' } = settings;
  const fixed = settings.model !== undefined || settings.source === 'stream';
  const mixture = createMixture(settings.window ?? WINDOW.standard);
  let current: Current | undefined;

  const begin = (
    predicted: ModelIdentity | undefined,
    message: Readonly<Record<string, unknown>>,
    features: FeatureRow,
  ): Current => {
    const make = async (): Promise<Watching> => {
      const pkg = await clock.hold(chooseReference(models, settings, message, features));
      if (!pkg?.reference) return { monitor: createMonitor(settings) };
      const { name, version } = pkg.manifest;
      const monitor = createMonitor({ ...settings, reference: pkg.reference });
      return { monitor, model: { name, version, digest: pkg.digest } };
    };
    const begun: Current = { predicted, ready: make() };
    begun.ready.then(
      (made) => (begun.made = made),
      () => (begun.failed = clock.monotonic()),
    );
    return begun;
  };

  let looked = 0;
  const picture = (): DriftPicture | undefined => {
    const made = current?.made;
    if (!made || !watcher) return undefined;
    const { features, leftOut = [], state, since, samples, window } = made.monitor.summary;
    return {
      ...{ format: 1, node: watcher.id, name: watcher.name, ...(made.model && { model: made.model }) },
      ...{
        time: looked,
        state,
        since,
        samples,
        window,
        features: features.map((feature) => ({ ...feature, kind: 'data' })),
      },
      ...{ leftOut, counts: [] },
    };
  };
  const keeper =
    watcher?.store &&
    createKeeper({
      ...{ store: watcher.store, clock, node: watcher.id },
      now: () => ({ state: {}, picture: picture() as DriftPicture }),
    });

  const isStale = ({ predicted, failed }: Current, wanted: ModelIdentity | undefined) =>
    predicted?.digest !== wanted?.digest || (failed !== undefined && clock.monotonic() - failed >= RETRY);

  return {
    async observe(message) {
      const features = findFeatures(message, readProperty(message, property), property);
      const time = typeof message['time'] === 'number' ? message['time'] : clock.now();
      const predicted = fixed ? undefined : predictedBy(message);
      const before = current;
      mixture.hear(predicted, before?.predicted);
      if (!current || isStale(current, predicted)) current = begin(predicted, message, features);
      const ended = before?.made && before !== current ? endOf(before.made) : undefined;
      const { monitor, model } = current.made ?? (await current.ready);
      const seen = monitor.observe(features, time);
      if (seen) {
        looked = time;
        const features = seen.summary.features.map((feature) => ({ ...feature, kind: 'data' as const }));
        keeper?.note({ time, features }, seen.event && { time, payload: seen.event });
      }
      const observation = seen && { ...seen, ...(model && { model }) };
      return [ended, observation].filter((each) => each !== undefined);
    },
    picture,
    flush: async () => keeper?.flush(),
    get trouble() {
      return keeper?.trouble;
    },
    close: async (removed = false) => keeper?.close(removed),
  };
}

function endOf({ monitor, model }: Watching): WatchObservation | undefined {
  const { summary } = monitor;
  if (summary.state !== 'drifting') return undefined;
  const { since, samples, features } = summary;
  return { summary, event: { kind: 'data', state: 'end', since, features, samples }, ...(model && { model }) };
}
