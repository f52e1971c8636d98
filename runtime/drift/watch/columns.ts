import { defineLimit } from '../../base/index.ts';
import { errors } from '../errors.ts';
import { byName, isList, show } from '../monitor/read-row.ts';
import type { ReferenceRows } from '../types.ts';
import { isCategory, type MessageParts, type SourceValues } from './read-message.ts';

const categoriesKept = defineLimit(
  'drift_categories',
  200,
  'Categories of a feature that were taken together because there were so many others',
);
/** The name of all categories beyond the limit. */
const OTHERS = '…';

/** The columns of a stream: what they are called, and which hold categories. */
export interface Columns {
  readonly names: readonly string[];
  /** By name; the lists grow. */
  readonly categories: Readonly<Record<string, readonly string[]>>;
  /** Columns of numbers, in order. */
  readonly numbers: readonly number[];
  /**
   * A row as numbers, NaN where a value is missing; a category as its place in the list.
   *
   * @returns how many features a row lacks that earlier rows had
   * @throws DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER
   */
  read(values: SourceValues, target: Float64Array): number;
  save(): unknown;
}

export interface ColumnsSaved {
  readonly names: readonly string[];
  readonly categories: Readonly<Record<string, readonly string[]>>;
  readonly complete: boolean;
}

/** The columns of a reference. */
export const columnsOfReference = ({ names, categories = {} }: ReferenceRows): Columns =>
  createColumns({ names, categories, complete: false });

/** As the first row of a stream shows them: what is a text there, or true or false, is a category. */
export function columnsOfRow({ names, rows }: Pick<MessageParts, 'names' | 'rows'>): Columns {
  const values = rows[0]?.values ?? {};
  const own = names ?? Object.keys(values);
  const categories = byName<string[]>();
  for (const [index, name] of own.entries()) {
    const value = valueAt(values, name, index);
    if (typeof value === 'boolean' || (typeof value === 'string' && isCategory(value))) categories[name] = [];
  }
  return createColumns({ names: own, categories, complete: false });
}

const valueAt = (values: SourceValues, name: string, index: number): unknown =>
  isList(values) ? values[index] : (values as Readonly<Record<string, unknown>>)[name];

export function createColumns({ names, categories: given, complete: before }: ColumnsSaved): Columns {
  const categories = byName<string[]>();
  for (const [name, list] of Object.entries(given)) categories[name] = [...list];
  const lists = names.map((name) => (Object.hasOwn(categories, name) ? categories[name] : undefined));
  const places = lists.map((list) => list && new Map(list.map((category, place) => [category, place])));
  /** Whether a row has had them all: what is missing after that has gone. */
  let complete = before;

  const placeOf = (category: string, column: number): number => {
    const list = lists[column] as string[];
    const known = (places[column] as Map<string, number>).get(category);
    if (known !== undefined) return known;
    if (list.length < categoriesKept.value) {
      list.push(category);
      places[column]?.set(category, list.length - 1);
      return list.length - 1;
    }
    categoriesKept.cost();
    if (list.at(-1) !== OTHERS) list.push(OTHERS);
    return list.length - 1;
  };

  return {
    names,
    categories,
    numbers: names.flatMap((_, column) => (lists[column] ? [] : [column])),
    read(values, target) {
      const list = isList(values);
      let missing = 0;
      if (list && (values as ArrayLike<unknown>).length !== names.length) throw lacking(values, names);
      for (let column = 0; column < names.length; column++) {
        const name = names[column] as string;
        const value = list
          ? (values as ArrayLike<unknown>)[column]
          : (values as Readonly<Record<string, unknown>>)[name];
        if (typeof value === 'number' && !lists[column]) {
          target[column] = Number.isFinite(value) ? value : NaN;
          continue;
        }
        target[column] = NaN;
        if (value === undefined) missing++;
        else if (value === null) continue;
        else if (lists[column] && isName(value)) target[column] = placeOf(String(value), column);
        else throw errors.DRIFT_FEATURE_NOT_NUMBER({ feature: name, value: show(value) });
      }
      // In a stream that never had them all, it is the wiring.
      if (missing > 0 && (!complete || missing === names.length)) throw lacking(values, names);
      if (missing === 0) complete = true;
      return missing;
    },
    save: (): ColumnsSaved => ({ names, categories, complete }),
  };
}

const isName = (value: unknown) => typeof value === 'string' || typeof value === 'boolean' || typeof value === 'number';

function lacking(values: SourceValues, names: readonly string[]) {
  const keys = Object.keys(values);
  const given = new Set(isList(values) ? names.slice(0, values.length) : keys);
  const extra = isList(values) ? keys.slice(names.length) : keys;
  return errors.DRIFT_FEATURES_MISSING({
    expected: names.length,
    missing: names.filter((name) => !given.has(name)),
    unknown: extra.filter((name) => !names.includes(name)),
  });
}
