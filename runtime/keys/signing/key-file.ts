import { generateKeyPairSync } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { errors } from '../errors.ts';
import { makeSecretFile, readSecretFile, type SecretFileOptions } from '../secret-file.ts';
import { publicKeyOf, publicPemOf, signingKeyOf } from './key.ts';
import type { PublicKey, SigningKey } from './types.ts';

/**
 * Makes an Ed25519 key and writes it as PKCS #8 PEM, for its owner only. Never over another file.
 *
 * @throws SIGNING_KEY_EXISTS, KEY_FILE_UNREADABLE
 */
export async function makeSigningKey(file: string): Promise<SigningKey> {
  const pem = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
  await makeSecretFile(file, pem);
  // Of several who make it at once the first one's stays: who finds another's was late.
  if ((await readSecretFile(file)) !== pem) throw errors.SIGNING_KEY_EXISTS({ file });
  return signingKeyOf(pem, file);
}

/**
 * Reads a private key. Where others could read the file, its mode is put right.
 *
 * @throws SIGNING_KEY_MISSING, SIGNING_KEY_INVALID, KEY_FILE_UNREADABLE
 */
export async function readSigningKey(file: string, options: SecretFileOptions = {}): Promise<SigningKey> {
  const isSecret = (text: string) => text.includes('PRIVATE KEY');
  const pem = await readSecretFile(file, { isSecret, ...options });
  if (pem === undefined) throw errors.SIGNING_KEY_MISSING({ file });
  return signingKeyOf(pem, file);
}

/**
 * Reads the public key of a file that holds a public or a private one.
 *
 * @throws SIGNING_KEY_MISSING, SIGNING_KEY_INVALID, KEY_FILE_UNREADABLE
 */
export async function readPublicKey(file: string): Promise<PublicKey> {
  let pem: string;
  try {
    pem = await readFile(file, 'utf8');
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw errors.SIGNING_KEY_MISSING({ file }, { cause });
    throw errors.KEY_FILE_UNREADABLE({ file, reason: (cause as Error).message }, { cause });
  }
  return publicKeyOf(pem, file);
}

/** Writes a public key as PEM, over what was there: it can always be made again from the private one. @throws KEY_FILE_UNREADABLE */
export async function writePublicKey(file: string, key: PublicKey): Promise<void> {
  try {
    await writeFile(file, publicPemOf(key));
  } catch (cause) {
    throw errors.KEY_FILE_UNREADABLE({ file, reason: (cause as Error).message }, { cause });
  }
}
