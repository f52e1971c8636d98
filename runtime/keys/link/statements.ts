/**
 * How a studio and a gateway prove to each other who they are. Every statement names its purpose, the studio's fresh number and the
 * certificate that the gateway sees: it is of no use on another line or for anything else.
 */
import { createHmac, createPublicKey, timingSafeEqual, verify } from 'node:crypto';

export type LinkPurpose = 'gateway hello' | 'gateway pairs' | 'studio pairs' | 'studio has another certificate';

/** What is signed or proved, as bytes: no two different lists of parts give the same. */
export function linkStatement(purpose: LinkPurpose, parts: readonly string[]): Uint8Array {
  return new TextEncoder().encode(JSON.stringify(['millrace gateway link 1', purpose, ...parts]));
}

/** That somebody knows a secret, without saying it: HMAC-SHA256, base64url. @see RFC 2104 */
export function proveSecret(secret: string, statement: Uint8Array): string {
  return createHmac('sha256', Buffer.from(secret, 'base64url')).update(statement).digest('base64url');
}

export function secretProved(secret: string, statement: Uint8Array, proof: string): boolean {
  const [expected, given] = [Buffer.from(proveSecret(secret, statement)), Buffer.from(proof)];
  return expected.length === given.length && timingSafeEqual(expected, given);
}

/**
 * Whether an Ed25519 key has signed this. A key that is none has signed nothing.
 *
 * @param publicKey SPKI in DER, base64
 * @param signature base64url
 */
export function statementSigned(publicKey: string, statement: Uint8Array, signature: string): boolean {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
    if (key.asymmetricKeyType !== 'ed25519') return false;
    return verify(null, statement, key, Buffer.from(signature, 'base64url'));
  } catch {
    return false;
  }
}
