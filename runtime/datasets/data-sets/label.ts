import type { TruthLabel } from '../../messages/index.ts';
import { errors } from '../errors.ts';

const LONGEST = 200;

/**
 * A label as it is kept: text without space around it, in Unicode's composed form; nothing for an empty one.
 *
 * @throws EXAMPLE_LABEL_INVALID
 *
 * @example
 * normaliseLabel('  normal '); // 'normal'
 */
export function normaliseLabel(label: TruthLabel | null | undefined): TruthLabel | null {
  if (label === null || label === undefined) return null;
  if (typeof label === 'number') {
    if (Number.isFinite(label)) return label === 0 ? 0 : label;
    throw errors.EXAMPLE_LABEL_INVALID({ value: String(label) });
  }
  if (typeof label !== 'string') throw errors.EXAMPLE_LABEL_INVALID({ value: typeof label });
  const text = label.normalize('NFC').trim();
  if (text.length > LONGEST) throw errors.EXAMPLE_LABEL_INVALID({ value: `"${text.slice(0, 30)}…"` });
  return text === '' ? null : text;
}
