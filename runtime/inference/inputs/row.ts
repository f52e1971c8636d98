import { errors } from '../errors.ts';
import { type Column } from './column.ts';
import { type Values } from './look.ts';
import { nearestName } from './nearest-name.ts';

/** @throws MODEL_INPUT_LENGTH */
export function checkLength(model: string, columns: readonly Column[], length: number): void {
  const expected = columns.length;
  if (length === expected) return;
  throw errors.MODEL_INPUT_LENGTH({ model, expected, got: length, names: columns.map(({ name }) => name) });
}

/**
 * Named values in the model's order.
 *
 * @throws MODEL_INPUT_MISMATCH where some are missing, MODEL_INPUT_MISNAMED where they seem to be there under another
 *   name, MODEL_INPUT_EXTRA where others are there too
 */
export function inModelOrder(
  model: string,
  names: readonly string[],
  values: Readonly<Record<string, unknown>>,
): Values {
  checkNames(model, names, values);
  return names.map((name) => values[name]);
}

/** @throws as `inModelOrder` does */
export function checkNames(model: string, names: readonly string[], values: object, what?: 'input'): void {
  const missing = names.filter((name) => !Object.hasOwn(values, name));
  const keys = Object.keys(values);
  if (missing.length === 0 && keys.length === names.length) return;
  const known = new Set(names);
  const unknown = keys.filter((name) => !known.has(name));
  const counts = { model, expected: names.length, got: keys.length, ...(what && { what }) };
  if (missing.length === 0) throw errors.MODEL_INPUT_EXTRA({ ...counts, unknown });
  const meant = paired(missing, unknown);
  if (meant.length === missing.length) throw errors.MODEL_INPUT_MISNAMED({ ...counts, meant });
  throw errors.MODEL_INPUT_MISMATCH({ ...counts, missing, unknown });
}

/** Which of the unknown names stand for which of the missing ones, each once. */
function paired(missing: readonly string[], unknown: readonly string[]): (readonly [got: string, takes: string])[] {
  const left = new Set(unknown);
  return missing.flatMap((name) => {
    const nearest = nearestName(name, [...left]);
    if (nearest === undefined) return [];
    left.delete(nearest);
    return [[nearest, name] as const];
  });
}
