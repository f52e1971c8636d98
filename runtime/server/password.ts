/** The admin password: kept as a bcrypt hash in a key file, checked for the editor by Node-RED and for HTTP nodes here. */
import { createHash, timingSafeEqual } from 'node:crypto';
import { join } from 'node:path';
import { readSecretFile, removeSecretFile, type SecretFileOptions, writeSecretFile } from '../keys/index.ts';
import { errors } from './errors.ts';

export interface Password {
  readonly user: string;
  /** bcrypt */
  readonly hash: string;
}

const FORMAT = 1;
const COST = 11;
const LEAST = 8;
/** What bcrypt takes into account. */
const MOST = 72;

export const passwordFile = (userDir: string): string => join(userDir, 'keys', 'admin-password.json');

/** @throws PASSWORD_UNFIT if it is shorter than 8 or longer than 72 bytes */
export async function setPassword(userDir: string, user: string, password: string): Promise<void> {
  const bytes = Buffer.byteLength(password);
  if (bytes < LEAST || bytes > MOST) throw errors.PASSWORD_UNFIT({ bytes, least: LEAST, most: MOST });
  const { hash } = await import('bcryptjs');
  const kept = { format: FORMAT, user, hash: await hash(password, COST) };
  await writeSecretFile(passwordFile(userDir), `${JSON.stringify(kept)}\n`);
}

export async function removePassword(userDir: string): Promise<void> {
  await removeSecretFile(passwordFile(userDir));
}

/** @throws PASSWORD_FILE_DAMAGED: never taken for "no password" */
export async function readPassword(userDir: string, options: SecretFileOptions = {}): Promise<Password | undefined> {
  const file = passwordFile(userDir);
  const text = await readSecretFile(file, options);
  if (text === undefined) return undefined;
  try {
    const { format, user, hash } = JSON.parse(text) as Record<string, unknown>;
    if (format !== FORMAT || typeof user !== 'string' || typeof hash !== 'string') throw new Error('other shape');
    return { user, hash };
  } catch (error) {
    throw errors.PASSWORD_FILE_DAMAGED({ file, userDir }, { cause: error });
  }
}

/** Checks HTTP basic credentials. bcrypt is slow on purpose, so the last accepted pair is remembered as a digest. */
export function createPasswordCheck(password: Password): (authorization: string | undefined) => Promise<boolean> {
  let accepted: Buffer | undefined;
  return async (authorization) => {
    const encoded = /^Basic ([\w+/=]+)$/i.exec(authorization ?? '')?.[1];
    if (encoded === undefined) return false;
    const digest = createHash('sha256').update(encoded).digest();
    if (accepted && timingSafeEqual(accepted, digest)) return true;
    const [user, ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    if (user !== password.user) return false;
    const { compare } = await import('bcryptjs');
    if (!(await compare(rest.join(':'), password.hash))) return false;
    accepted = digest;
    return true;
  };
}
