import { FIELD_PATH } from '../schema.ts';
import { errors } from '../errors.ts';

/** The step that stands for every entry of a list or an object. */
export const EVERY = Symbol('*');

/** From the message down to a field: names, places in a list, or every entry. */
export type FieldPath = readonly (string | typeof EVERY)[];

/**
 * Reads where a field stands. `msg.` at the beginning may be left out.
 *
 * @throws FIELD_PATH_INVALID
 *
 * @example
 * parsePath('payload.people[0]["first name"]'); // ['payload', 'people', '0', 'first name']
 */
export function parsePath(field: string): FieldPath {
  if (!FIELD_PATH.test(field)) throw errors.FIELD_PATH_INVALID({ field });
  const steps = [...field.matchAll(/\["([^"]+)"\]|([^.[\]]+)/g)].map(([, quoted, plain = '']) =>
    quoted !== undefined ? quoted : plain === '*' ? EVERY : plain,
  );
  return steps.length > 1 && steps[0] === 'msg' ? steps.slice(1) : steps;
}

/** What is given for a field, and where exactly it stood. `undefined` takes it away. */
export type ChangeField = (value: unknown, at: readonly string[]) => unknown;

/**
 * A copy of `value` in which the fields at `path` are changed; what holds none of them is shared with the original. A typed
 * array that holds one becomes a plain one. Where an entry of a list is taken away its place stays, as `null`.
 */
export function changeAt(value: unknown, path: FieldPath, change: ChangeField, at: readonly string[] = []): unknown {
  const [step, ...rest] = path;
  if (step === undefined) return change(value, at);
  const entries = entriesOf(value);
  if (!entries) return value;
  const names = Object.keys(entries).filter((name) => step === EVERY || name === step);
  if (names.length === 0) return value;
  const copy = (Array.isArray(entries) ? [...(entries as unknown[])] : { ...entries }) as Record<string, unknown>;
  for (const name of names) {
    const changed = changeAt(copy[name], rest, change, [...at, name]);
    if (changed !== undefined) copy[name] = changed;
    else if (Array.isArray(copy)) (copy as unknown[])[Number(name)] = null;
    else delete copy[name];
  }
  return copy;
}

/** What has fields of its own: `length` of a list is none. */
function entriesOf(value: unknown): Record<string, unknown> | undefined {
  if (typeof value !== 'object' || value === null || value instanceof DataView) return undefined;
  if (ArrayBuffer.isView(value)) {
    return Array.from(value as unknown as Iterable<unknown>) as unknown as Record<string, unknown>;
  }
  return value as Record<string, unknown>;
}
