import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';

/** SHA-256 of a value's canonical JSON, or of the bytes themselves: 64 lower-case hexadecimal digits. */
export function digestOf(value: unknown): string {
  const content = value instanceof Uint8Array ? value : canonicalJson(value);
  return createHash('sha256').update(content).digest('hex');
}
