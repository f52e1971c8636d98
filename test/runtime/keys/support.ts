import { generateKeyPairSync } from 'node:crypto';
import { signingKeyOf } from '../../../runtime/keys/signing/key.ts';
import type { PublicKey, Role, SigningKey } from '../../../runtime/keys/index.ts';

export const newKey = (): SigningKey =>
  signingKeyOf(
    generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    'a new key',
  );

/** The key whose private key, as RFC 8032 calls it, is `seed`, hexadecimal. */
export function keyOfSeed(seed: string): SigningKey {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.from(seed, 'hex')]);
  return signingKeyOf(`-----BEGIN PRIVATE KEY-----\n${der.toString('base64')}\n-----END PRIVATE KEY-----\n`, 'a seed');
}

export const roleOf = (threshold: number, ...keys: readonly SigningKey[]): Role => ({
  threshold,
  keys: keys.map(({ id, publicKey }): PublicKey => ({ id, publicKey })),
});

/** The code of what `work` throws. */
export function codeOf(work: () => unknown): string | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
