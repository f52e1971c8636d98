import type { TruthLabel } from '../../messages/index.ts';
import { errors } from '../errors.ts';

const LONGEST = 200;

/**
 * The label that came with a message; nothing where there is none.
 *
 * @throws EXAMPLE_LABEL_INVALID
 *
 * @example
 * labelOf(' worn '); // 'worn'
 */
export function labelOf(value: unknown): TruthLabel | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'string' && value.length <= LONGEST) return value.trim() || undefined;
  throw errors.EXAMPLE_LABEL_INVALID({ value: shown(value) });
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  return typeof value === 'number' ? String(value) : Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}
