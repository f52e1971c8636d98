import { MillraceError } from '../../base/index.ts';
import { rowsNeeded } from '../calibration/calibrate.ts';
import { createCounts } from './counts.ts';
import { errors } from '../errors.ts';
import { fingerprint } from './fingerprint.ts';
import { createLearning, type Learning } from './learning.ts';
import { byName, createRowReader, namesOf, type RowReader } from './read-row.ts';
import { keep, restore } from './saved-monitor.ts';
import { runSome, runThrough } from '../run-through.ts';
import { LEARN, WINDOW } from '../schema.ts';
import type { DriftSummary, FeatureRow, Monitor, MonitorOptions, Observation, ReferenceRows } from '../types.ts';
import { type Watching, watchingInPieces } from './watching.ts';

/**
 * Watches a stream of feature rows for drift: the newest `window` rows are held against a reference every `hop` rows,
 * each feature by a two-sample statistic whose threshold was calibrated on the reference itself (see tail.ts). A
 * feature drifts when it lies above its threshold at each evaluation of a whole window, and no longer when it lies below
 * it for as long, or below 70 % of it three times in a row.
 *
 * Without a reference, or with one that is too short, the first `learn` rows become it. The memory that it takes does not
 * grow with the stream.
 *
 * @throws REFERENCE_TOO_SHORT, REFERENCE_UNUSABLE
 *
 * @example
 * const monitor = createMonitor({ learn: 500 });
 * const { event } = monitor.observe({ temperature: 21.4, pressure: 1.02 }, Date.now()) ?? {};
 */
export const createMonitor = (options: MonitorOptions): Monitor => runThrough(monitorInPieces(options));

/** The same, in pieces of about a millisecond. */
export function* monitorInPieces(options: MonitorOptions): Generator<void, Monitor> {
  try {
    return yield* making(options);
  } catch (thrown) {
    if (options.saved === undefined || thrown instanceof MillraceError) throw thrown;
    // What was saved is damaged: it begins anew, and says so.
    return yield* making({ ...options, saved: undefined }, 'states that were damaged');
  }
}

function* making(options: MonitorOptions, damage?: string): Generator<void, Monitor> {
  const { window = WINDOW.standard, statistic = 'wasserstein', season = 'none', extend = true } = options;
  const hop = Math.min(window, options.hop ?? Math.max(1, Math.round(window / 4)));
  const settings = {
    window,
    hop,
    statistic,
    season,
    extend,
    wish: options.falseAlarms ?? 'month',
    share: options.share ?? 1,
  };
  const needed = rowsNeeded(window);
  const given = options.reference;
  const isShort = given !== undefined && given.rows.length < needed;
  if (isShort && !extend) throw errors.REFERENCE_TOO_SHORT({ rows: given.rows.length, needed, window });
  // A short reference is made as long as it must be, and a wished length that is too short is the user's to change.
  const learn = options.learn ?? Math.max(LEARN.standard, needed);
  if (!given && learn < needed) throw errors.REFERENCE_TOO_SHORT({ rows: learn, needed, window });
  const size = Math.max(learn, needed);

  const print = fingerprint(given, { window, hop, statistic, season });
  yield;
  const saved = restore(options.saved, print);
  const counts = createCounts(saved?.counts);
  if (damage !== undefined) counts.add(damage);
  let relearned = saved?.relearned ?? false;
  let learned: ReferenceRows | undefined = saved?.learned;
  let reader: RowReader | undefined;
  let learning: Learning | undefined;
  /** What has been learned, while it is made ready to be compared with. */
  let building: { readonly reference: ReferenceRows; readonly pieces: Generator<void, Watching> } | undefined;
  let watching: Watching | undefined;
  let row = new Float64Array(0);
  const refused = { backwards: 0, ...saved?.refused };

  const read = (
    names: readonly string[],
    categories: Readonly<Record<string, readonly string[]>>,
    growing: boolean,
    whole = false,
  ) => {
    reader = createRowReader(names, categories, counts, { growing, whole });
    row = new Float64Array(names.length);
  };
  const watchFrom = function* (reference: ReferenceRows, time: number, whole?: boolean): Generator<void> {
    const categories = byName(reference.categories);
    read(reference.names, categories, false, whole);
    watching = yield* watchingInPieces({ ...reference, categories }, settings, time, saved?.watching ?? undefined);
  };
  const reference = learned ?? (relearned || isShort ? undefined : given);
  if (saved?.learning) {
    const { names, categories, rows } = saved.learning;
    const own = byName(categories);
    read(names, own, true, saved.whole);
    learning = createLearning(names, own, size, rows.since, { saved: rows });
  } else if (reference && (learned || !relearned)) {
    yield* watchFrom(reference, saved?.begun ?? NaN, saved?.whole);
  } else if (isShort && !relearned) read(given.names, byName(given.categories), false);
  let begun = saved?.begun ?? NaN;

  const learnFrom = (features: FeatureRow, time: number, unfit: readonly number[]): Observation | undefined => {
    const fresh = !learning;
    if (!reader) {
      read(options.names ?? namesOf(features), byName(options.categories), true);
    }
    const { names, categories } = reader as RowReader;
    try {
      reader?.read(features, row);
    } catch (thrown) {
      // What the first row looks like decides the names: a bad one must not.
      if (fresh && !isShort) reader = undefined;
      throw thrown;
    }
    for (const column of unfit) row[column] = NaN;
    learning ??= createLearning(names, categories, size, time, { given: isShort && !relearned ? given : undefined });
    const current = learning;
    if (!building) {
      if (!current.push(row, time))
        return current.summary.samples % hop === 0 ? { summary: current.summary } : undefined;
      const reference = current.reference();
      building = { reference, pieces: watchingInPieces(reference, settings, time) };
    }
    const { reference: found, pieces } = building;
    try {
      // Of a wide or long reference it takes a few rows, which nobody looks at.
      watching = runSome(pieces);
    } catch (thrown) {
      // It turns out unusable: learning begins anew.
      [building, learning, reader] = [undefined, undefined, undefined];
      throw thrown;
    }
    if (!watching) return undefined;
    [building, learning] = [undefined, undefined];
    begun = time;
    learned = found;
    read(names, categories, false, true);
    return { summary: monitor.summary };
  };

  const monitor: Monitor = {
    get names() {
      return reader?.names ?? [];
    },
    get leftOut() {
      return watching?.comparison.calibration.leftOut ?? [];
    },
    get summary(): DriftSummary {
      if (watching) return watching.comparison.summary;
      const empty = { state: 'learning' as const, since: 0, samples: isShort ? given.rows.length : 0, features: [] };
      return learning?.summary ?? { ...empty, window: size };
    },
    observe(features, time, unfit = []) {
      if (!watching) return learnFrom(features, time, unfit);
      reader?.read(features, row);
      for (const column of unfit) row[column] = Infinity;
      if (!(begun === begun)) begun = time;
      return watching.push(row, time);
    },
    picture() {
      const { state, since, samples, window: length } = monitor.summary;
      const backwards = refused.backwards + (watching?.comparison.backwards ?? 0);
      const back = backwards > 0 ? [{ what: 'times that went back', count: backwards }] : [];
      return {
        ...{ state, since, samples, window: length },
        ...(watching && { promise: watching.comparison.promise }),
        features: watching?.comparison.features ?? [],
        leftOut: [...monitor.leftOut],
        counts: [...counts.list, ...back],
      };
    },
    relearn() {
      refused.backwards += watching?.comparison.backwards ?? 0;
      [watching, learning, building] = [undefined, undefined, undefined];
      [learned, reader] = [undefined, undefined];
      relearned = true;
    },
    save: () =>
      keep({
        ...{ print, relearned, refused, begun, learned, reader },
        counts: counts.list,
        learning: learning?.save(),
        watching: watching?.save(),
      }),
  };
  return monitor;
}
