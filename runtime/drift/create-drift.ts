import { join } from 'node:path';
import type { Clock } from '../base/index.ts';
import type { PredictionPayload, WatchedStream } from '../messages/index.ts';
import type { ModelPackage } from '../models/package/index.ts';
import { errors } from './errors.ts';
import { createDriftStore } from './history/create-store.ts';
import { lineOf } from './history/line-of.ts';
import { withNewest } from './history/with-newest.ts';
import { createReports, type Reports } from './report/create-reports.ts';
import type { Drift } from './types.ts';
import { createWatch, type LiveWatch } from './watch/create-watch.ts';
import { createHealthyAnswers } from './watch/healthy-answers.ts';

export interface DriftOptions {
  /** The registry, or anything that finds packages: '' is the example that ships with Millrace. */
  readonly models: { resolve(reference: string): Promise<ModelPackage> };
  readonly clock: Clock;
  /** Where what is known is kept, so that a restart goes on there. Left out: nowhere. */
  readonly directory?: string;
  /**
   * What a model answers to such rows of features, one a row. Left out, or where it fails: its answers are compared with how they
   * begin.
   */
  readonly predict?: (model: ModelPackage, rows: readonly Float64Array[]) => Promise<readonly PredictionPayload[]>;
}

/** The file of the history, in the directory of the state. */
const FILE = 'history.sqlite';

/** The monitors of one process, which take their references from its models. */
export function createDrift(options: DriftOptions): Drift {
  const { models, directory, clock } = options;
  const store = directory === undefined ? undefined : createDriftStore(join(directory, FILE), clock);
  const parts = { models, clock, store, healthyAnswers: createHealthyAnswers(options.predict) };
  /** Watches of nodes that run, by node. */
  const live = new Map<string, LiveWatch>();

  const drift: Omit<Drift, keyof Reports> = {
    watch(settings = {}, watcher) {
      const watch = createWatch(parts, settings, watcher);
      if (!watcher) return watch;
      live.set(watcher.id, watch);
      const { id } = watcher;
      return {
        ...watch,
        get trouble() {
          return watch.trouble;
        },
        async close(removed) {
          // A deploy may have made the node anew before the old one was closed.
          if (live.get(id) === watch) live.delete(id);
          await watch.close(removed);
        },
      };
    },
    async streams() {
      const kept = (await store?.streams()) ?? [];
      const now = [...live].flatMap(([node, watch]): WatchedStream[] => {
        const picture = watch.picture();
        if (!picture) return [];
        return [lineOf(picture, kept.find((stream) => stream.node === node)?.first)];
      });
      const known = new Set(now.map(({ node }) => node));
      return [...now, ...kept.filter(({ node }) => !known.has(node))].sort(askedForFirst);
    },
    async picture(node) {
      const picture = live.get(node)?.picture() ?? (await store?.picture(node));
      if (!picture) throw errors.DRIFT_STREAM_NOT_FOUND({ node });
      return picture;
    },
    async history(node, span) {
      if (!store) throw errors.DRIFT_STREAM_NOT_FOUND({ node });
      const newest = (await live.get(node)?.newest()) ?? [];
      return withNewest(await store.history(node, span), newest, span);
    },
    async forget(node) {
      await store?.forget(node);
    },
    async close() {
      await Promise.all([...live.values()].map((watch) => watch.flush()));
      await store?.close();
    },
  };
  return { ...drift, ...createReports(drift, clock) };
}

/** What drifts or is broken is what one wants to see; of the others the one that changed last. */
function askedForFirst(a: WatchedStream, b: WatchedStream): number {
  const isOn = ({ state, faults = 0 }: WatchedStream) => Number(state === 'drifting' || faults > 0);
  return isOn(b) - isOn(a) || b.since - a.since;
}
