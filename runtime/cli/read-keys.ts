import { join } from 'node:path';
import { type FieldKeys, fieldKeysIn, readFieldKeys, readSecretFile } from '../keys/index.ts';
import { errors } from './errors.ts';

/** Where the keys of a user directory lie. */
export const keysOf = (userDir: string): string => fieldKeysIn(join(userDir, 'millrace'));

/** @returns undefined where no field was ever protected */
export async function findKeys(file: string): Promise<{ text: string; keys: FieldKeys } | undefined> {
  const text = await readSecretFile(file);
  return text === undefined ? undefined : { text, keys: readFieldKeys(text, file) };
}

/** @throws KEYS_MISSING, and the errors of the keys */
export async function needKeys(file: string): Promise<{ text: string; keys: FieldKeys }> {
  const found = await findKeys(file);
  if (!found) throw errors.KEYS_MISSING({ file });
  return found;
}
