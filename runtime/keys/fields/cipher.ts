/** What becomes of one value: text that carries its format and its key's id, so that keys may change. */
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { errors } from '../errors.ts';
import type { FieldKey, FieldKeys } from './field-keys.ts';

/** Of the text form: `encrypted:FORMAT:KEY:…` and `hashed:FORMAT:KEY:…`. */
const FORMAT = 1;
const NONCE = 12;
const TAG = 16;

const ENCRYPTED = /^encrypted:1:([0-9a-f]{16}):([\w-]{38,})$/;

/** Whether a text looks as `encrypt` makes it. */
export const isEncrypted = (value: unknown): value is string => typeof value === 'string' && ENCRYPTED.test(value);

/**
 * Encrypts a value that has a JSON form, with AES-256-GCM and a nonce of its own. The text can only be opened at the place
 * in the message for which it was made: put elsewhere it is refused.
 */
export function encrypt(value: unknown, at: readonly string[], key: FieldKey): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key.encrypting, nonce).setAAD(place(at, key.id));
  const sealed = Buffer.concat([nonce, cipher.update(JSON.stringify(value)), cipher.final(), cipher.getAuthTag()]);
  return `encrypted:${FORMAT}:${key.id}:${sealed.toString('base64url')}`;
}

/**
 * The value that was encrypted.
 *
 * @param at where the text stands in the message, as `['payload', 'name']`
 * @throws FIELD_KEY_UNKNOWN, FIELD_NOT_OPENED
 */
export function decrypt(text: string, at: readonly string[], keys: FieldKeys): unknown {
  const field = at.join('.');
  const [, id = '', body = ''] = ENCRYPTED.exec(text) ?? [];
  const key = keys.find(id);
  if (!key) throw errors.FIELD_KEY_UNKNOWN({ field, key: id });
  const sealed = Buffer.from(body, 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.encrypting, sealed.subarray(0, NONCE), { authTagLength: TAG })
      .setAAD(place(at, id))
      .setAuthTag(sealed.subarray(-TAG));
    const plain = Buffer.concat([decipher.update(sealed.subarray(NONCE, -TAG)), decipher.final()]);
    return JSON.parse(plain.toString()) as unknown;
  } catch (cause) {
    throw errors.FIELD_NOT_OPENED({ field, key: id }, { cause });
  }
}

/**
 * HMAC-SHA-256 of a value: the same value has the same hash, wherever it stands. Without the key even a small set of values,
 * such as names, cannot be tried out.
 */
export function hash(value: unknown, key: FieldKey): string {
  const digest = createHmac('sha256', key.hashing).update(canonical(value)).digest('base64url');
  return `hashed:${FORMAT}:${key.id}:${digest}`;
}

const place = (at: readonly string[], id: string): Buffer =>
  Buffer.from(JSON.stringify(['millrace field', FORMAT, id, ...at]));

/** JSON in which the properties of objects stand in order: two objects that are equal have one text. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, held: unknown) =>
    typeof held === 'object' && held !== null && !Array.isArray(held)
      ? Object.fromEntries(Object.entries(held).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : held,
  );
}
