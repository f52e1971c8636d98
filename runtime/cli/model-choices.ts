import { type ImportChoices, INPUT_KINDS, type InputKind } from '../messages/index.ts';
import { errors } from './errors.ts';
import type { ModelImportOptions } from './model-program.ts';

type InputChoice = NonNullable<ImportChoices['inputs']>[number];

/**
 * What --features, --units and --kind say, an entry an input. Of a model with one input its name need not be said.
 *
 * @param inputs asked only where a name was not said
 * @throws OPTION_INVALID
 */
export async function byInput(
  options: Pick<ModelImportOptions, 'features' | 'units' | 'kind'>,
  inputs: () => Promise<readonly { readonly name: string }[]>,
): Promise<InputChoice[] | undefined> {
  const choices = new Map<string, InputChoice>();
  let only: string | undefined;
  for (const option of ['features', 'units', 'kind'] as const) {
    for (const text of options[option] ?? []) {
      const equals = text.indexOf('=');
      const name = equals > 0 ? text.slice(0, equals) : (only ??= onlyName(await inputs(), option, text));
      const value = text.slice(equals + 1);
      const before = choices.get(name) ?? { name };
      choices.set(name, {
        ...before,
        [option]: option === 'kind' ? kindOf(value) : value.split(',').map((each) => each.trim()),
      });
    }
  }
  return choices.size === 0 ? undefined : [...choices.values()];
}

function onlyName(inputs: readonly { readonly name: string }[], option: string, value: string): string {
  const [only] = inputs;
  if (only && inputs.length === 1) return only.name;
  const names = inputs.map(({ name }) => `${name}=…`).join(' or ');
  throw errors.OPTION_INVALID({ option: `--${option}`, value, expected: `given for an input: ${names}` });
}

function kindOf(value: string): InputKind {
  const kind = INPUT_KINDS.find((each) => each === value);
  if (kind) return kind;
  throw errors.OPTION_INVALID({ option: '--kind', value, expected: INPUT_KINDS.join(', ') });
}
