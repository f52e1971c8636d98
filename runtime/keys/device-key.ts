import { join } from 'node:path';
import { MillraceError } from '../base/index.ts';
import { makeSigningKey, readSigningKey } from './signing/key-file.ts';
import type { SigningKey } from './signing/types.ts';

/** Where the key of the gateway of a user directory lies. */
export const deviceKeyFile = (userDir: string): string => join(userDir, 'gateway', 'device.key');

/**
 * By which a studio knows this device, and with which its settings are sealed; made at first use, by whatever needs it first.
 *
 * @throws KEY_FILE_UNREADABLE, SIGNING_KEY_INVALID
 */
export async function deviceKey(userDir: string): Promise<SigningKey> {
  const file = deviceKeyFile(userDir);
  try {
    return await readSigningKey(file);
  } catch (error) {
    if (codeOf(error) !== 'SIGNING_KEY_MISSING') throw error;
  }
  try {
    return await makeSigningKey(file);
  } catch (error) {
    // Another command was first.
    if (codeOf(error) !== 'SIGNING_KEY_EXISTS') throw error;
    return await readSigningKey(file);
  }
}

const codeOf = (error: unknown) => (error instanceof MillraceError ? error.code : undefined);
