import type { ImportChoices } from '../../messages/index.ts';
import type { ModelInput, ModelOutput } from '../package/index.ts';
import { errors } from './errors.ts';

type InputChoice = NonNullable<ImportChoices['inputs']>[number];
type OutputChoice = NonNullable<ImportChoices['outputs']>[number];

/**
 * @throws IMPORT_UNKNOWN_NAME, IMPORT_FEATURES_COUNT, IMPORT_NAMES_REPEAT, IMPORT_KIND_UNFIT where a choice contradicts the
 *   file
 */
export function applyInputs(inputs: readonly ModelInput[], choices: readonly InputChoice[] = []): ModelInput[] {
  checkNames('input', choices, inputs);
  return inputs.map((input) => {
    const choice = choices.find(({ name }) => name === input.name);
    return choice ? applyInput(input, choice) : input;
  });
}

function applyInput(input: ModelInput, choice: InputChoice): ModelInput {
  const { kind = input.kind, features, units, missing } = choice;
  const { name, type, shape } = input;
  const image = kind === 'image' ? (choice.image ?? input.image) : undefined;
  const window =
    kind === 'window' ? (choice.window ?? input.window ?? ({ layout: 'samples-channels' } as const)) : undefined;
  const unfit =
    (kind === 'image' && (!image || shape.length !== 4 || type === 'string')) ||
    (kind === 'window' && (shape.length < 2 || shape.length > 3 || type === 'string')) ||
    (kind === 'text' && type !== 'string') ||
    (kind === 'features' && shape.length > 2);
  if (unfit) throw errors.IMPORT_KIND_UNFIT({ input: name, kind: kind ?? '', type, shape: shape.join(', ') });
  const named = kind === 'features' ? (features ?? input.features) : undefined;
  if (features) checkFeatures(input, features);
  const given = units ?? input.units;
  if (units && units.length !== (named?.length ?? 0)) {
    throw errors.IMPORT_FEATURES_COUNT({ what: 'units', input: name, expected: named?.length ?? 0, got: units.length });
  }
  return {
    ...{ name, type, shape },
    ...(kind && { kind }),
    ...(named && { features: [...named] }),
    ...(named && given && { units: [...given] }),
    ...(image && { image }),
    ...(window && { window }),
    ...((missing ?? input.missing) && { missing: true }),
  };
}

function checkFeatures({ name, shape, features: proposed }: ModelInput, features: readonly string[]): void {
  const last = shape.at(-1);
  const expected = typeof last === 'number' ? last : proposed?.length;
  // Of trees the file says only the least number of features.
  const fits =
    typeof last === 'number' || expected === undefined
      ? features.length === (expected ?? features.length)
      : features.length >= expected;
  if (!fits || features.length === 0) {
    throw errors.IMPORT_FEATURES_COUNT({
      what: 'features',
      input: name,
      expected: expected ?? 1,
      got: features.length,
    });
  }
  checkOnce('feature', features);
}

/** @throws IMPORT_UNKNOWN_NAME */
export function applyOutputs(outputs: readonly ModelOutput[], choices: readonly OutputChoice[] = []): ModelOutput[] {
  checkNames('output', choices, outputs);
  return outputs.map((output) => {
    const choice = choices.find(({ name }) => name === output.name);
    if (!choice) return output;
    const { activation: proposed, ...rest } = output;
    const activation = choice.activation ?? proposed;
    return {
      ...rest,
      role: choice.role ?? output.role,
      ...(activation !== undefined && activation !== 'none' && { activation }),
    };
  });
}

/** @throws IMPORT_NAMES_REPEAT */
export function checkOnce(what: string, names: readonly string[]): void {
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw errors.IMPORT_NAMES_REPEAT({ what, name: repeated });
}

function checkNames(
  what: 'input' | 'output',
  choices: readonly { readonly name: string }[],
  known: readonly { readonly name: string }[],
): void {
  const names = known.map(({ name }) => name);
  const unknown = choices.find(({ name }) => !names.includes(name));
  if (unknown) throw errors.IMPORT_UNKNOWN_NAME({ what, name: unknown.name, known: names });
}
