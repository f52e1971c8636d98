/**
 * The keys with which fields are protected: several by id, so that what an older one has encrypted can still be read. The
 * newest encrypts and hashes.
 */
import { createHash, hkdfSync, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { errors } from '../errors.ts';
import { makeSecretFile, readSecretFile, type SecretFileOptions } from '../secret-file.ts';

/** Of the file. */
const FORMAT = 1;

export interface FieldKey {
  /** Made from the key: says which it is and nothing about it. */
  readonly id: string;
  /** When, ms since the epoch. */
  readonly made: number;
  readonly encrypting: Buffer;
  readonly hashing: Buffer;
}

export interface FieldKeys {
  readonly newest: FieldKey;
  /** Oldest first. */
  readonly all: readonly FieldKey[];
  find(id: string): FieldKey | undefined;
}

/** 32 bytes in base64url. */
const secret = z.string().regex(/^[\w-]{43}$/, 'no key of 32 bytes');

const keyFile = z.object({
  format: z.literal(FORMAT),
  /** Oldest first. */
  keys: z.array(z.object({ id: z.string(), made: z.number(), secret })).min(1),
});

/**
 * Reads the text of a key file.
 *
 * @param file its name, for the errors
 * @throws FIELD_KEYS_DAMAGED, FIELD_KEYS_TOO_NEW
 */
export function readFieldKeys(text: string, file: string): FieldKeys {
  const held = keyFile.safeParse(parsed(text, file));
  if (!held.success) throw errors.FIELD_KEYS_DAMAGED({ file, reason: held.error.issues[0]?.message ?? 'no keys' });
  const all = held.data.keys.map(({ id, made, secret }) => {
    const key = keyOf(secret, made);
    // One character of a key that changed would make a key that opens nothing, and hashes otherwise.
    if (key.id !== id) throw errors.FIELD_KEYS_DAMAGED({ file, reason: `the key ${id} is not what it was` });
    return key;
  });
  return keysOf(all);
}

/** The text of a key file with one new key. */
export function newKeyFile(now: number): string {
  const secret = randomBytes(32).toString('base64url');
  return `${JSON.stringify({ format: FORMAT, keys: [{ id: keyOf(secret, now).id, made: now, secret }] })}\n`;
}

/** Keys of this process only: what they protect can be read by nobody. For trying a flow out. */
export const passingFieldKeys = (now: number): FieldKeys => readFieldKeys(newKeyFile(now), 'memory');

/**
 * The keys in `file`; made at first use. Of two processes that start at once both get the same.
 *
 * @throws FIELD_KEYS_DAMAGED, FIELD_KEYS_TOO_NEW, KEY_FILE_UNREADABLE
 */
export async function loadFieldKeys(file: string, now: number, options: SecretFileOptions = {}): Promise<FieldKeys> {
  const there = await readSecretFile(file, options);
  if (there !== undefined) return readFieldKeys(there, file);
  await makeSecretFile(file, newKeyFile(now));
  return readFieldKeys((await readSecretFile(file, options)) ?? '', file);
}

const keysOf = (all: readonly FieldKey[]): FieldKeys => ({
  newest: all.at(-1) as FieldKey,
  all,
  find: (id) => all.find((key) => key.id === id),
});

function keyOf(secret: string, made: number): FieldKey {
  const bytes = Buffer.from(secret, 'base64url');
  // Each use has a key of its own, so that nothing learned of one tells of the other.
  const derived = (use: string) => Buffer.from(hkdfSync('sha256', bytes, '', `millrace fields 1 ${use}`, 32));
  const id = createHash('sha256').update(derived('id')).digest('hex').slice(0, 16);
  return { id, made, encrypting: derived('encrypt'), hashing: derived('hash') };
}

function parsed(text: string, file: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw errors.FIELD_KEYS_DAMAGED(
      { file, reason: text.trim() === '' ? 'it is empty' : 'it is cut short' },
      { cause },
    );
  }
  const format = (value as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > FORMAT) throw errors.FIELD_KEYS_TOO_NEW({ file, format, known: FORMAT });
  return value;
}
