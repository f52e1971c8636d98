import { access, constants, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { newId } from '../../base/index.ts';
import type { MachineProfile } from '../../messages/index.ts';

/** How deep below the user directory is looked: state of Millrace and Node-RED, not what packages bring. */
const DEPTH = 4;
const MOST_FILES = 2_000;
/** Told of, of each kind. */
const MOST_TOLD = 20;
/** Keys, passwords, tokens and settings. */
const SECRET =
  /(^|\/)(settings\.env|device\.key|field-keys\.json|\.sessions\.json.*|\.config\..*json.*|[^/]*_cred\.json.*|[^/]*\.(key|pem))$/;
/** Certificates are there to be shown. */
const PUBLIC = /(cert|root)[^/]*\.(pem|json)$/;
const OTHERS_READ = 0o044;

export async function userDirProfile(path: string): Promise<MachineProfile['userDir']> {
  const about = await stat(path).catch(() => undefined);
  if (!about) return { path, exists: false, ...(await problemAbove(path)), foreign: [], readable: [] };
  if (!about.isDirectory()) return { path, exists: true, problem: 'it is no folder', foreign: [], readable: [] };
  const problem = await trial(path);
  const foreign: string[] = [];
  const readable: string[] = [];
  for await (const file of filesBelow(path)) {
    if (foreign.length < MOST_TOLD && (await isForeign(file))) foreign.push(file);
    if (process.platform === 'win32' || !SECRET.test(file) || PUBLIC.test(file)) continue;
    const { mode } = await stat(file).catch(() => ({ mode: 0 }));
    if ((mode & OTHERS_READ) !== 0 && readable.length < MOST_TOLD) readable.push(file);
  }
  return { path, exists: true, ...problem, foreign, readable };
}

/** Where it is not there yet, it is made at the first start, if the folder above takes it. */
async function problemAbove(path: string): Promise<{ problem?: string }> {
  const above = dirname(path);
  const about = await stat(above).catch(() => undefined);
  if (!about && above !== path) return problemAbove(above);
  if (about && !about.isDirectory()) return { problem: `${above} is no folder` };
  return (await writable(above)) ? {} : { problem: `it is not there, and ${above} takes no new folder from this user` };
}

async function trial(path: string): Promise<{ problem?: string }> {
  const file = join(path, `.trial-${newId()}`);
  try {
    await writeFile(file, '');
    return {};
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}

const writable = (path: string) =>
  access(path, constants.W_OK).then(
    () => true,
    () => false,
  );

/** What this user has closed to itself, as an unpacked bundle is, it may open again. */
async function isForeign(file: string): Promise<boolean> {
  const about = await stat(file).catch(() => undefined);
  return about !== undefined && about.uid !== process.getuid?.() && !(await writable(file));
}

/** Slots are read-only on purpose, and packages are nobody's state. */
const PASSED_OVER = new Set(['node_modules', 'slots', 'lib']);

async function* filesBelow(path: string): AsyncGenerator<string> {
  const waiting = [{ folder: path, depth: 0 }];
  let seen = 0;
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    for (const entry of await readdir(next.folder, { withFileTypes: true }).catch(() => [])) {
      const file = join(next.folder, entry.name);
      if (entry.isDirectory()) {
        if (next.depth < DEPTH && !PASSED_OVER.has(entry.name)) waiting.push({ folder: file, depth: next.depth + 1 });
      } else if (entry.isFile()) {
        if (++seen > MOST_FILES) return;
        yield file;
      }
    }
  }
}
