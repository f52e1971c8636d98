/**
 * The user directory at start: made, tried for writing, and looked through for files that a crash or a full disk has cut
 * in half. A broken file is set aside, never overwritten.
 */
import { chmod, copyFile, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../base/index.ts';
import { errors } from './errors.ts';
import type { Log } from './log.ts';

/** @throws USER_DIR_UNUSABLE if it cannot be made or written */
export async function prepareUserDirectory(userDir: string): Promise<void> {
  try {
    await makeDirectory(userDir);
    const trial = join(userDir, `.trial-${newId()}`);
    await writeFile(trial, '');
    await rm(trial);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw errors.USER_DIR_UNUSABLE({ userDir, reason }, { cause: error });
  }
}

// `mkdir` with `recursive` never returns where a parent takes no folders and says ENOENT, as /proc does.
async function makeDirectory(path: string): Promise<void> {
  const make = () =>
    mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  try {
    await make();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(path) === path) throw error;
    await makeDirectory(dirname(path));
    await make();
  }
}

/**
 * Sets broken JSON files of Node-RED aside and restores the copy that Node-RED keeps of the version before.
 * Node-RED itself would take a broken file for an empty one and write over it.
 *
 * @param stamp goes into the kept file's name
 */
export async function mendStateFiles(userDir: string, stamp: string, log: Log): Promise<void> {
  for (const name of await readdir(userDir)) {
    const state = name === 'package.json' || name === '.sessions.json' || /^\.config(\.\w+)?\.json$/.test(name);
    if (state) await mend(join(userDir, name), `${join(userDir, name)}.backup`, stamp, log);
  }
}

/** As `mendStateFiles`, for the passwords of the nodes of one flow. */
export async function mendCredentials(flowFile: string, stamp: string, log: Log): Promise<void> {
  const file = flowFile.replace(/(\.json)?$/, '_cred.json');
  await mend(file, backupOf(file), stamp, log);
}

/** Sign-in tokens, a secret that Node-RED made itself, and the passwords of nodes, each with the copies that are kept of it. */
const SECRET = /^\.sessions\.json|^\.config\..*json|_cred\.json/;

/**
 * Closes to others what Node-RED keeps of secrets: an earlier start may have left it open.
 *
 * @param onExposed told of each file that others could read
 */
export async function closeSecretFiles(
  userDir: string,
  flowFile: string,
  onExposed: (file: string, mode: number) => void,
): Promise<void> {
  // Windows has no such modes: there the user's profile folder protects the files.
  if (process.platform === 'win32') return;
  for (const directory of new Set([userDir, dirname(flowFile)])) {
    for (const name of await readdir(directory)) {
      if (!SECRET.test(name)) continue;
      const file = join(directory, name);
      const { mode } = await stat(file);
      if ((mode & 0o077) === 0) continue;
      await chmod(file, 0o600);
      onExposed(file, mode & 0o777);
    }
  }
}

/** Where Node-RED keeps the version of a flow or credentials file before the last. */
export const backupOf = (file: string): string =>
  join(dirname(file), `.${file.slice(dirname(file).length + 1)}.backup`);

async function mend(file: string, backup: string, stamp: string, log: Log): Promise<void> {
  if ((await look(file)) !== 'broken') return;
  const kept = await setAside(file, stamp);
  const restored = (await look(backup)) === 'good';
  if (restored) await copyFile(backup, file);
  log.report('warn', errors.STATE_FILE_DAMAGED({ file, kept, restored }));
}

/** @returns the name under which it is kept */
export async function setAside(file: string, stamp: string): Promise<string> {
  const kept = `${file}.broken-${stamp}`;
  await rename(file, kept);
  return kept;
}

async function look(file: string): Promise<'missing' | 'good' | 'broken'> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return 'missing';
  try {
    const value: unknown = JSON.parse(text.replace(/^\uFEFF/, ''));
    return typeof value === 'object' && value !== null ? 'good' : 'broken';
  } catch {
    return 'broken';
  }
}
