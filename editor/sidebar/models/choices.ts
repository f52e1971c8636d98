import type { ImportChoices } from '../../../runtime/messages/index.ts';

type InputChoice = NonNullable<ImportChoices['inputs']>[number];
type OutputChoice = NonNullable<ImportChoices['outputs']>[number];

/** The choices with something said of one input; what was said of it before stays. */
export const withInput = (choices: ImportChoices, input: InputChoice): ImportChoices => ({
  ...choices,
  inputs: merged(choices.inputs ?? [], input),
});

export const withOutput = (choices: ImportChoices, output: OutputChoice): ImportChoices => ({
  ...choices,
  outputs: merged(choices.outputs ?? [], output),
});

function merged<T extends { readonly name: string }>(said: readonly T[], one: T): T[] {
  const before = said.find(({ name }) => name === one.name);
  return before ? said.map((each) => (each === before ? { ...each, ...one } : each)) : [...said, one];
}

/**
 * Lines as a list; an empty line at the end is none.
 *
 * @example
 * linesOf('healthy\nworn bearing\n'); // ['healthy', 'worn bearing']
 */
export function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  while (lines.at(-1) === '') lines.pop();
  return lines;
}

/**
 * Numbers with commas or spaces between them; undefined where there is something else, or none.
 *
 * @example
 * numbersOf('0.485, 0.456 0.406'); // [0.485, 0.456, 0.406]
 */
export function numbersOf(text: string): number[] | undefined {
  const parts = text.split(/[\s,;]+/).filter(Boolean);
  const numbers = parts.map(Number);
  return numbers.length > 0 && numbers.every(Number.isFinite) ? numbers : undefined;
}

/**
 * What was pasted into a cell of a column, from there on downwards: a line a value, or what stands between commas or tabs
 * where it is one line.
 *
 * @example
 * fillDown(['f1', 'f2', 'f3'], 1, 'rms\npeak'); // ['f1', 'rms', 'peak']
 */
export function fillDown(column: readonly string[], from: number, pasted: string): string[] {
  const lines = linesOf(pasted);
  const values = lines.length > 1 ? lines : pasted.split(/[,;\t]/).map((value) => value.trim());
  return column.map((value, index) => (index < from ? value : (values[index - from] ?? value)));
}
