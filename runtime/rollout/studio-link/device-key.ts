import { existsSync } from 'node:fs';
import { makeSigningKey, readSigningKey, type SigningKey } from '../../keys/index.ts';
import { gatewayPaths } from '../supervisor/paths.ts';

/** By which a studio knows this device; made at first use. @throws KEY_FILE_UNREADABLE, SIGNING_KEY_INVALID */
export async function deviceKey(userDir: string): Promise<SigningKey> {
  const file = gatewayPaths(userDir).deviceKey;
  return existsSync(file) ? await readSigningKey(file) : await makeSigningKey(file);
}
