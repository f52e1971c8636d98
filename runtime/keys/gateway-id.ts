import { join } from 'node:path';
import { MillraceError, newId } from '../base/index.ts';
import { errors } from './errors.ts';
import { makeSecretFile, readSecretFile, writeSecretFile } from './secret-file.ts';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * Made at first start and kept: it is part of the key of everything that this machine uploads. The file holds the UUID and
 * nothing else. It is no secret, but a crash must not cut it, and of two first starts at once both must get the same.
 *
 * @throws GATEWAY_ID_DAMAGED, DIRECTORY_UNWRITABLE
 */
export async function gatewayId(directory: string): Promise<string> {
  const file = join(directory, 'gateway-id');
  const text = await kept(file, directory);
  const id = text.trim();
  if (UUID.test(id)) return id;
  throw errors.GATEWAY_ID_DAMAGED({ file, found: id.slice(0, 40) });
}

/**
 * Puts back an id that is known from elsewhere, in the place of a damaged one.
 *
 * @returns whether `id` is one
 * @throws DIRECTORY_UNWRITABLE
 */
export async function restoreGatewayId(directory: string, id: unknown): Promise<boolean> {
  if (typeof id !== 'string' || !UUID.test(id)) return false;
  await writeSecretFile(join(directory, 'gateway-id'), `${id}\n`);
  return true;
}

async function kept(file: string, directory: string): Promise<string> {
  try {
    const found = await readSecretFile(file);
    if (found !== undefined) return found;
    await makeSecretFile(file, `${newId()}\n`);
    return (await readSecretFile(file)) ?? '';
  } catch (cause) {
    // What the keys say of it speaks of secrets; the system's own words are below.
    const { message: reason } = cause instanceof MillraceError ? (cause.cause as Error) : (cause as Error);
    throw errors.DIRECTORY_UNWRITABLE({ directory, reason }, { cause });
  }
}
