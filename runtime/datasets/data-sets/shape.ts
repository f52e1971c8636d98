import type { WindowPayload } from '../../messages/index.ts';
import { errors } from '../errors.ts';
import type { NewExample } from './types.ts';

/** What an example of a data set is. The first one says it. */
export interface Shape {
  readonly kind: 'features' | 'window';
  /** Names of the features, or of the window's channels. */
  readonly columns: readonly string[];
  /** Of windows. */
  readonly window?: { readonly rate: number; readonly samples: number };
  /** Digest of the recipe that made the features, where it is known. */
  readonly recipe?: string;
}

/** Numbers in an example. */
export const widthOf = ({ columns, window }: Shape): number => columns.length * (window?.samples ?? 1);

export const isWindow = (payload: NewExample['payload']): payload is WindowPayload =>
  Array.isArray(payload['channels']) && typeof payload['rate'] === 'number' && 'data' in payload;

/** @throws EXAMPLE_INVALID if it holds no numbers at all */
export function shapeOf({ payload, recipe }: NewExample): Shape {
  const known = recipe === undefined ? {} : { recipe };
  if (isWindow(payload)) {
    const [samples, channels] = payload.shape;
    if (channels !== payload.channels.length || payload.data.length !== samples * channels || samples < 1) {
      const found = `${payload.data.length} numbers for ${samples} samples of ${payload.channels.length} channels`;
      throw errors.EXAMPLE_INVALID({ column: 'window', value: found });
    }
    return { kind: 'window', columns: [...payload.channels], window: { rate: payload.rate, samples }, ...known };
  }
  const columns = Object.keys(payload);
  if (columns.length === 0) throw errors.EXAMPLE_INVALID({ column: 'payload', value: 'empty' });
  return { kind: 'features', columns, ...known };
}

const SHOWN = 4;
const some = (names: readonly string[]) =>
  names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ` and ${names.length - SHOWN} more` : '');

function without(names: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return names.filter((name) => !known.has(name));
}

/** In words, what keeps an example out of a data set; undefined if nothing does. Features may come in another order. */
export function difference(wanted: Shape, given: Shape): string | undefined {
  if (wanted.kind !== given.kind) {
    return given.kind === 'window'
      ? 'it is a window, the others are features'
      : 'it is features, the others are windows';
  }
  const same =
    wanted.columns.length === given.columns.length && wanted.columns.every((name, at) => name === given.columns[at]);
  const missing = same ? [] : without(wanted.columns, given.columns);
  const further = same ? [] : without(given.columns, wanted.columns);
  const word = wanted.kind === 'window' ? 'channel' : 'feature';
  if (missing.length > 0 || further.length > 0) {
    const parts = [
      ...(missing.length > 0 ? [`it lacks the ${word}${missing.length > 1 ? 's' : ''} ${some(missing)}`] : []),
      ...(further.length > 0 ? [`it has ${some(further)}, which the others have not`] : []),
    ];
    return parts.join(', and ');
  }
  if (wanted.kind === 'window' && !same) {
    return `its channels come as ${some(given.columns)} and not as ${some(wanted.columns)}`;
  }
  const [mine, theirs] = [given.window, wanted.window];
  if (mine && theirs && mine.samples !== theirs.samples) {
    return `it has ${mine.samples} samples, the others have ${theirs.samples}`;
  }
  // The rate of a window that was cut from a stream is set, not measured: a hair is rounding.
  if (mine && theirs && Math.abs(mine.rate - theirs.rate) > theirs.rate * 1e-6) {
    return `it has ${mine.rate} samples a second, the others have ${theirs.rate}`;
  }
  if (wanted.recipe !== undefined && given.recipe !== undefined && wanted.recipe !== given.recipe) {
    return `its features were made by another recipe (${given.recipe.slice(0, 8)}, not ${wanted.recipe.slice(0, 8)})`;
  }
  return undefined;
}

/**
 * The numbers of an example in the order of its data set.
 *
 * @throws EXAMPLE_INVALID naming the first that is no finite float32 number
 */
export function valuesOf({ columns }: Shape, payload: NewExample['payload']): Float32Array {
  const window = isWindow(payload);
  const values = window
    ? Float32Array.from(payload.data)
    : Float32Array.from(columns, (name) => payload[name] as number);
  for (let index = 0; index < values.length; index++) {
    const value = values[index] as number;
    const column = columns[index % columns.length] ?? '';
    const given: unknown = window ? payload.data[index] : payload[column as never];
    if (!Number.isFinite(value) || typeof given !== 'number') {
      throw errors.EXAMPLE_INVALID({
        column,
        value: typeof given === 'string' ? `"${given.slice(0, 30)}"` : String(given),
      });
    }
    // 0 and -0 are the same value, and must have the same digest.
    if (value === 0) values[index] = 0;
  }
  return values;
}
