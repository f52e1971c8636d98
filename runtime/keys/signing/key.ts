/** Ed25519 keys between their text (PEM) and what signs and verifies. */
import { createHash, createPrivateKey, createPublicKey, hkdfSync, type KeyObject, sign } from 'node:crypto';
import { errors } from '../errors.ts';
import type { PublicKey, SigningKey } from './types.ts';

/**
 * The public key of a PEM text, private (PKCS #8) or public (SPKI).
 *
 * @param source what the text is called in errors: a file
 * @throws SIGNING_KEY_INVALID
 */
export function publicKeyOf(pem: string, source = 'the text'): PublicKey {
  return described(keyFrom(source, () => createPublicKey(pem)));
}

/** A public key as PEM: what is handed to others. @throws SIGNING_KEY_INVALID */
export function publicPemOf({ publicKey }: PublicKey): string {
  return verifyingKey(publicKey).export({ type: 'spki', format: 'pem' }) as string;
}

/**
 * The key that a PKCS #8 PEM text holds.
 *
 * @param source what the text is called in errors: a file
 * @throws SIGNING_KEY_INVALID
 */
export function signingKeyOf(pem: string, source: string): SigningKey {
  const held = keyFrom(source, () => createPrivateKey(pem));
  // The 32 bytes that RFC 8032 calls the private key.
  const seed = Buffer.from(held.export({ format: 'jwk' }).d ?? '', 'base64url');
  return {
    ...described(createPublicKey(held)),
    sign: (data) => sign(null, data, held),
    derive: (use) => new Uint8Array(hkdfSync('sha256', seed, '', `millrace signing key 1 ${use}`, 32)),
  };
}

/** What verifies: from SPKI in DER, base64. @throws SIGNING_KEY_INVALID */
export function verifyingKey(publicKey: string): KeyObject {
  const der = Buffer.from(publicKey, 'base64');
  return keyFrom(`"${publicKey.slice(0, 60)}"`, () => createPublicKey({ key: der, format: 'der', type: 'spki' }));
}

/** SHA-256 of the key's SPKI in DER: one key has one id, however its base64 is written. */
export const idOf = (key: KeyObject): string => createHash('sha256').update(derOf(key)).digest('hex');

const derOf = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

const described = (key: KeyObject): PublicKey => ({ id: idOf(key), publicKey: derOf(key).toString('base64') });

function keyFrom(source: string, read: () => KeyObject): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw errors.SIGNING_KEY_INVALID({ source, reason: 'it holds no PEM key that can be read' }, { cause });
  }
  const kind = key.asymmetricKeyType ?? key.type;
  if (kind !== 'ed25519') throw errors.SIGNING_KEY_INVALID({ source, reason: `it is of kind ${kind}` });
  return key;
}
