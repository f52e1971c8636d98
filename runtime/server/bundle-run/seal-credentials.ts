import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import type { Credentials } from './device-settings.ts';

/** Credentials as Node-RED keeps them, so that it takes them without a word: AES-256-CTR under the SHA-256 of the secret. */
export function sealCredentials(credentials: Credentials, secret: string): Readonly<Record<string, string>> {
  const start = randomBytes(16);
  const cipher = createCipheriv('aes-256-ctr', createHash('sha256').update(secret).digest(), start);
  const sealed = cipher.update(JSON.stringify(credentials), 'utf8', 'base64') + cipher.final('base64');
  return { $: start.toString('hex') + sealed };
}
