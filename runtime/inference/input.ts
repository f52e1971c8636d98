import { parseWindow, type PreparedRecipe, prepareRecipe, type Recipe } from '../signal/index.ts';
import { errors } from './errors.ts';

/** What a model is asked with: one value a feature, in the order that it was trained with. */
export interface InputModel {
  readonly name: string;
  readonly featureNames: readonly string[];
}

/** Makes the features of a window, where the package says how. */
export type FromWindow = (window: unknown) => ArrayLike<number>;

/** @returns nothing where there is no recipe. What a block carries from window to window belongs to one stream: one a user. */
export function windowReader(recipe: Recipe | undefined): FromWindow | undefined {
  let prepared: PreparedRecipe | undefined;
  return recipe && ((window) => (prepared ??= prepareRecipe(recipe)).run(parseWindow(window)));
}

/**
 * A message's value as the model's features.
 *
 * @param input features by name in any order, a plain or typed array in the model's order, or a window
 * @returns one value a feature, in the model's order, finite also in the 32 bits that models take
 * @throws MODEL_INPUT_MISMATCH, MODEL_INPUT_TYPE, MODEL_INPUT_NOT_FINITE, MODEL_WITHOUT_RECIPE, or what the recipe
 *   says of a window that it cannot take
 */
export function toFeatures(model: InputModel, input: unknown, fromWindow?: FromWindow): Float64Array {
  const values = read(model, input, fromWindow);
  return Float64Array.from(model.featureNames, (feature, i) => {
    const value = values[i];
    if (typeof value === 'number' && Number.isFinite(Math.fround(value))) return value;
    throw errors.MODEL_INPUT_NOT_FINITE({ model: model.name, feature, value: shown(value) });
  });
}

function read(model: InputModel, input: unknown, fromWindow?: FromWindow): ArrayLike<unknown> {
  if (Array.isArray(input)) return inOrder(model, input);
  if (ArrayBuffer.isView(input) && !(input instanceof DataView))
    return inOrder(model, input as unknown as ArrayLike<number>);
  if (isWindow(input)) {
    if (!fromWindow) throw errors.MODEL_WITHOUT_RECIPE({ model: model.name });
    return fromWindow(input);
  }
  if (typeof input === 'object' && input !== null) return byName(model, input as Record<string, unknown>);
  throw errors.MODEL_INPUT_TYPE({ model: model.name, takes: 'named features', got: shown(input) });
}

function inOrder(model: InputModel, values: ArrayLike<unknown>): ArrayLike<unknown> {
  const expected = model.featureNames.length;
  if (values.length === expected) return values;
  throw errors.MODEL_INPUT_MISMATCH({
    model: model.name,
    expected,
    got: values.length,
    missing: model.featureNames.slice(values.length),
  });
}

function byName(model: InputModel, values: Readonly<Record<string, unknown>>): unknown[] {
  const names = model.featureNames;
  const missing = names.filter((name) => !Object.hasOwn(values, name));
  const got = Object.keys(values);
  if (missing.length > 0 || got.length !== names.length) {
    const unknown = got.filter((name) => !names.includes(name));
    throw errors.MODEL_INPUT_MISMATCH({ model: model.name, expected: names.length, got: got.length, missing, unknown });
  }
  return names.map((name) => values[name]);
}

const isWindow = (input: unknown): boolean =>
  typeof input === 'object' && input !== null && 'channels' in input && 'data' in input;

function shown(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return `the text "${value.slice(0, 40)}"`;
  if (typeof value === 'boolean') return `the value ${value}`;
  if (Array.isArray(value)) return 'a list';
  return `a value of type ${typeof value}`;
}
