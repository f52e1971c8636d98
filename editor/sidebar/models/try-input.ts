/** What somebody filled in, as an input that `infer` takes. */
import type { InputDescription, ModelCard } from '../../../runtime/messages/index.ts';
import { showValue } from '../../look/value.ts';

/** A field of the form: one a feature, a text or a picture where there is just that, else one JSON for all. */
export type TryField =
  | { readonly kind: 'number' | 'text'; readonly name: string; readonly unit: string }
  | { readonly kind: 'json' | 'picture'; readonly name: string };

export interface TryForm {
  readonly fields: readonly TryField[];
  /** By field, what it begins with. */
  readonly values: Readonly<Record<string, string>>;
}

/** The form of a model's inputs, filled with its example. */
export function tryForm({ inputs, example }: Pick<ModelCard, 'inputs' | 'example'>): TryForm {
  const [only, ...others] = inputs;
  const simple = others.length === 0 && only ? simpleFields(only, example) : undefined;
  if (!simple) {
    const text = example === undefined ? '' : JSON.stringify(example, undefined, 1).replace(/\n\s+(?=-?\d|[\]])/g, ' ');
    return { fields: [{ kind: 'json', name: 'input' }], values: { input: text } };
  }
  const held = (typeof example === 'object' && example !== null ? example : {}) as Record<string, unknown>;
  const value = ({ name, kind }: TryField) => {
    if (kind === 'picture') return '';
    if (kind === 'text') return textOf(simple.length === 1 && typeof example !== 'object' ? example : held[name]);
    return showValue(shortened(simple.length === 1 && typeof example !== 'object' ? example : held[name]));
  };
  return { fields: simple, values: Object.fromEntries(simple.map((field) => [field.name, value(field)])) };
}

/** Of a number that a float32 holds, the shortest that means the same one: 0.1, where a double shows 0.10000000149011612. */
function shortened(value: unknown): unknown {
  if (typeof value !== 'number' || Math.fround(value) !== value) return value;
  for (let digits = 1; digits <= 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return short;
  }
  return value;
}

const textOf = (value: unknown) =>
  typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);

/** More than these nobody fills in one by one. */
const MOST = 200;

function simpleFields(
  { name, kind, type, features, units }: InputDescription,
  example: unknown,
): TryField[] | undefined {
  if (kind === 'image') return [{ kind: 'picture', name }];
  if (kind === 'text' && !features) return typeof example === 'object' ? undefined : [{ kind: 'text', name, unit: '' }];
  if (!features || features.length > MOST) return undefined;
  const field = type === 'string' ? ('text' as const) : ('number' as const);
  return features.map((feature, index) => ({ kind: field, name: feature, unit: units?.[index] ?? '' }));
}

/**
 * What is asked of the model, or which field cannot be read.
 *
 * An empty number is left out: that it is missing is told by the model, which may allow it.
 */
export function readForm(
  { fields }: Pick<TryForm, 'fields'>,
  values: Readonly<Record<string, string>>,
): { readonly input: unknown } | { readonly wrong: string } {
  const [first, ...others] = fields;
  if (first?.kind === 'json') {
    try {
      return { input: JSON.parse(values[first.name] ?? '') as unknown };
    } catch {
      return { wrong: first.name };
    }
  }
  if (first?.kind === 'text' && others.length === 0) return { input: values[first.name] ?? '' };
  const input: Record<string, unknown> = {};
  for (const { name, kind } of fields) {
    const text = (values[name] ?? '').trim();
    if (kind === 'text') input[name] = text;
    else if (text !== '') {
      const number = Number(text.replace(',', '.'));
      if (!Number.isFinite(number)) return { wrong: name };
      input[name] = number;
    }
  }
  return { input };
}
