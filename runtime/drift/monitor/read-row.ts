import { counter } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { FeatureRow } from '../types.ts';

const leftOut = counter('millrace_drift_values_left_out_total', 'Feature values that were missing or not finite');

/**
 * Reads a row into `target`, in the order of `names`. NaN, infinite and null values become NaN and are counted; features
 * that are not among the names are ignored.
 *
 * @throws DRIFT_FEATURES_MISSING, DRIFT_FEATURE_NOT_NUMBER; what `target` holds is then void
 */
export function readRow(features: FeatureRow, names: readonly string[], target: Float64Array): void {
  const values = isList(features) ? features : undefined;
  if (values && values.length !== names.length) throw missing(features, names);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value: unknown = values ? values[i] : (features as Readonly<Record<string, unknown>>)[name];
    if (value === undefined) throw missing(features, names);
    if (value !== null && typeof value !== 'number') {
      throw errors.DRIFT_FEATURE_NOT_NUMBER({ feature: name, value: show(value) });
    }
    const known = value !== null && Number.isFinite(value);
    if (!known) leftOut.add();
    target[i] = known ? value : NaN;
  }
}

/** The names of a row's features: an array's are the places of its values. */
export const namesOf = (features: FeatureRow): readonly string[] => Object.keys(features);

export const isList = (features: unknown): features is ArrayLike<number> =>
  Array.isArray(features) || ArrayBuffer.isView(features);

/** A value for an error's message, cut. */
export function show(value: unknown): string {
  const text = JSON.stringify(value) ?? typeof value;
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
