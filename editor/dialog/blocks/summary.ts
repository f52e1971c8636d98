import type { Field } from './fields.ts';
import type { BlockWords } from './words.ts';

/** A block of a recipe as the dialog holds it: it may be half filled in. */
export type BlockValue = Readonly<Record<string, unknown>> & { readonly type: string };

/** What a block does, on one line: `low-pass 20 Hz, order 4`. */
export function summarise(block: BlockValue, fields: readonly Field[], words: BlockWords): string {
  const shown = Object.fromEntries(
    fields.map((field) => [field.key, shownValue(field, block[field.key] ?? field.standard, words)]),
  );
  return words.summary(block.type, shown) ?? '';
}

function shownValue({ key, kind }: Field, value: unknown, words: BlockWords): string {
  if (Array.isArray(value)) {
    // By the names that the features will have.
    const items = value.map((item) => String(item).replaceAll('_', ' '));
    // Two numbers are the ends of a range.
    return kind === 'numbers' && items.length === 2 ? items.join('–') : items.join(', ');
  }
  if (kind === 'choice') return words.choice(key, String(value));
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
