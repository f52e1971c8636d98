import { resolve } from 'node:path';
import { makeSigningKey, writePublicKey } from '../keys/index.ts';
import type { KeysMakeOptions } from './keys-signing-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace keys make` @throws SIGNING_KEY_EXISTS, KEY_FILE_UNREADABLE */
export async function makeKey(path: string, { json }: KeysMakeOptions, terminal: Terminal): Promise<void> {
  const file = resolve(path);
  const publicFile = `${file}.pub`;
  const key = await makeSigningKey(file);
  await writePublicKey(publicFile, key);
  if (json) return terminal.result(JSON.stringify({ id: key.id, file, publicFile }));
  terminal.result(`${key.id}\n  key     ${file}, for its owner only\n  public  ${publicFile}`);
  terminal.progress('\nKeep a copy of the key where nobody else finds it: it cannot be made again.');
}
