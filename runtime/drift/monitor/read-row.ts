import { counter } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { FeatureRow } from '../types.ts';
import type { Counts } from './counts.ts';

const leftOut = counter('millrace_drift_values_left_out_total', 'Feature values that were missing or not finite');

/** More categories than these are told as one. */
const MOST_CATEGORIES = 200;

/** Reads the rows of one stream: a value a name, a category as its place. */
export interface RowReader {
  readonly names: readonly string[];
  /** Whether a row without gaps has been seen. */
  readonly whole: boolean;
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /**
   * Reads a row into `target`, in the order of `names`. NaN, infinite and null values become NaN and are counted; so does a
   * feature that has vanished once rows have been whole. Features that are not among the names are ignored.
   *
   * @throws DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER; what `target` holds is then void
   */
  read(features: FeatureRow, target: Float64Array): void;
}

/**
 * @param categories by name; a category comes as its place in the list, or as itself
 * @param growing    whether new categories that come as themselves are added to the lists, rather than told
 * @param whole      whether a whole row has been seen before
 */
export function createRowReader(
  names: readonly string[],
  categories: Readonly<Record<string, readonly string[]>>,
  counts: Counts,
  { growing = false, whole = false } = {},
): RowReader {
  const columns = names.map((name) => categories[name]);
  let seenWhole = whole;

  const categoryOf = (value: unknown, name: string, list: readonly string[]): number => {
    if (typeof value === 'number') return Number.isFinite(value) ? value : NaN;
    const text = String(value);
    const at = list.indexOf(text);
    if (at >= 0) return at;
    if (growing && list.length < MOST_CATEGORIES) return (list as string[]).push(text) - 1;
    counts.add(`unseen ${name} "${text.slice(0, 40)}"`);
    return list.length;
  };

  return {
    names,
    categories,
    get whole() {
      return seenWhole;
    },
    read(features, target) {
      const values = isList(features) ? features : undefined;
      if (values && values.length !== names.length) throw missing(features, names);
      let absent = 0;
      for (let i = 0; i < names.length; i++) {
        const name = names[i] as string;
        const value: unknown = values ? values[i] : (features as Readonly<Record<string, unknown>>)[name];
        if (value === undefined) {
          if (!seenWhole) throw missing(features, names);
          absent++;
        }
        const list = columns[i];
        if (list && (typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number')) {
          target[i] = categoryOf(value, name, list);
          continue;
        }
        if (value !== null && value !== undefined && typeof value !== 'number') {
          counts.add('texts among numbers');
          throw errors.DRIFT_FEATURE_NOT_NUMBER({ feature: name, value: show(value) });
        }
        const known = typeof value === 'number' && Number.isFinite(value);
        if (!known) {
          leftOut.add();
          counts.add(typeof value === 'number' && !(value !== value) ? 'infinite values' : 'missing values');
        }
        target[i] = known ? value : NaN;
      }
      // Nothing of what is expected: a message of something else.
      if (absent === names.length) throw missing(features, names);
      if (absent === 0) seenWhole = true;
    },
  };
}

/** By the names of features, which may be those of what every object has: `constructor` is a name like another. */
export const byName = <T>(from: Readonly<Record<string, T>> = {}): Record<string, T> =>
  Object.assign(Object.create(null) as Record<string, T>, from);

/** The names of a row's features: an array's are the places of its values. */
export const namesOf = (features: FeatureRow): readonly string[] => Object.keys(features);

export const isList = (features: unknown): features is ArrayLike<number> =>
  Array.isArray(features) || ArrayBuffer.isView(features);

/** A value for an error's message, cut. */
export function show(value: unknown): string {
  const plain = (_: string, each: unknown) => (typeof each === 'bigint' ? `${each}n` : each);
  let text: string;
  try {
    text = JSON.stringify(value, plain) ?? typeof value;
  } catch {
    // It holds itself.
    text = 'an object';
  }
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}

function missing(features: FeatureRow, names: readonly string[]) {
  const given = new Set(isList(features) ? names.slice(0, features.length) : Object.keys(features));
  const extra = isList(features) ? namesOf(features).slice(names.length) : [...given];
  return errors.DRIFT_FEATURES_MISSING({
    expected: names.length,
    missing: names.filter((name) => !given.has(name)),
    unknown: extra.filter((name) => !names.includes(name)),
  });
}
