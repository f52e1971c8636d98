/** Values that only the device that sealed them can read: AES-256-GCM under a key derived from its signing key. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { errors } from '../errors.ts';
import type { SigningKey } from './types.ts';

const FORMAT = 1;
/** As NIST SP 800-38D has it. */
const NONCE = 12;
const TAG = 16;

const SEALED = new RegExp(`^${FORMAT}:[0-9a-f]{16}:([\\w-]+)$`);

/**
 * `1:KEY:…`, one line: the nonce, the text and its tag as base64url.
 *
 * @param name what the text is the value of: it can be opened under this name only
 */
export function seal(key: SigningKey, text: string, name = ''): string {
  const nonce = randomBytes(NONCE);
  const cipher = createCipheriv('aes-256-gcm', key.derive('seal'), nonce).setAAD(place(name));
  const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${FORMAT}:${key.id.slice(0, 16)}:${sealed.toString('base64url')}`;
}

/** @param name as it was sealed @throws SEALED_NOT_OPENED */
export function unseal(key: SigningKey, sealed: string, name = ''): string {
  const body = Buffer.from(SEALED.exec(sealed)?.[1] ?? '', 'base64url');
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.derive('seal'), body.subarray(0, NONCE), {
      authTagLength: TAG,
    })
      .setAAD(place(name))
      .setAuthTag(body.subarray(-TAG));
    return Buffer.concat([decipher.update(body.subarray(NONCE, -TAG)), decipher.final()]).toString();
  } catch (cause) {
    throw errors.SEALED_NOT_OPENED({ name: name || 'a setting', key: key.id.slice(0, 16) }, { cause });
  }
}

const place = (name: string): Buffer => Buffer.from(JSON.stringify(['millrace sealed', FORMAT, name]));
