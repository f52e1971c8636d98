/**
 * Secrets in files: one file a secret, readable by its owner only, written so that a crash leaves the old file or the new
 * one and never half of it.
 */
import { randomBytes } from 'node:crypto';
import { chmod, mkdir, readFile, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import { writeDurably } from './write-durably.ts';

/** A secret shorter than this was cut: every secret made here is at least 32 random bytes, 43 characters. */
const SHORTEST = 32;

export interface SecretFileOptions {
  /** Told when others could read the file; its mode has then been put right. */
  readonly onExposed?: (file: string, mode: number) => void;
  /** Whether it holds a secret, by its text: a file that was named by mistake stays as it is. Default: it does. */
  readonly isSecret?: (text: string) => boolean;
  /** A person has named it: what belongs to somebody else, as a secret that a container was given, is his to close. */
  readonly named?: true;
}

/**
 * The secret in `file`; made at first use, of 32 random bytes in base64url. Of two processes that start at once both get
 * the same.
 *
 * @throws KEY_FILE_DAMAGED if the file is empty or cut short; KEY_FILE_UNREADABLE if it cannot be read or made
 */
export async function readOrMakeSecret(file: string, options: SecretFileOptions = {}): Promise<string> {
  const existing = await readSecretFile(file, options);
  if (existing === undefined) {
    await makeSecretFile(file, `${randomBytes(32).toString('base64url')}\n`);
  }
  const secret = (existing ?? (await readSecretFile(file, options)) ?? '').trim();
  if (secret.length < SHORTEST) {
    throw errors.KEY_FILE_DAMAGED({ file, characters: secret.length, expected: SHORTEST });
  }
  return secret;
}

/** The text of a secret file, `undefined` if there is none. Where others could read it, its mode is put right, if it has one. */
export async function readSecretFile(file: string, options: SecretFileOptions = {}): Promise<string | undefined> {
  return await guarded(file, async () => {
    try {
      const { mode, uid } = await stat(file);
      const text = await readFile(file, 'utf8');
      // Windows has no such modes: there the user's profile folder protects the file.
      if (process.platform !== 'win32' && (mode & 0o077) !== 0 && (options.isSecret?.(text) ?? true)) {
        if (await closeMode(file, uid, options.named === true)) options.onExposed?.(file, mode & 0o777);
      }
      return text;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  });
}

/** @returns whether it could be: a USB stick has no modes, and refuses them even to the owner of its files */
async function closeMode(file: string, uid: number, named: boolean): Promise<boolean> {
  try {
    await chmod(file, 0o600);
    return true;
  } catch (error) {
    const me = process.getuid?.();
    if ((error as NodeJS.ErrnoException).code === 'EPERM' && (named || me === uid || me === 0)) return false;
    throw error;
  }
}

/** Writes a secret file, mode 0600, unless there is one: of several who write at once the first one's text stays. */
export async function makeSecretFile(file: string, text: string): Promise<void> {
  await place(file, text, 'keep');
}

/** Writes a secret file, mode 0600, over what was there. */
export async function writeSecretFile(file: string, text: string): Promise<void> {
  await place(file, text, 'replace');
}

/** Deletes a secret file; harmless if there is none. */
export async function removeSecretFile(file: string): Promise<void> {
  await guarded(file, () => rm(file, { force: true }));
}

async function place(file: string, text: string, existing: 'keep' | 'replace'): Promise<void> {
  await guarded(file, async () => {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeDurably(file, text, existing);
  });
}

async function guarded<T>(file: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof MillraceError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw errors.KEY_FILE_UNREADABLE({ file, reason }, { cause: error });
  }
}
