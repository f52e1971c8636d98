import { access, constants, open, realpath, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { newId, systemClock } from '../../base/index.ts';
import type { MachineProfile } from '../../messages/index.ts';
import { textOf } from './text-of.ts';

/** ms for which flushed writes are counted. */
const MEASURED = 250;
/** Bytes of one: a page of a database. */
const PAGE = 4096;

/** The disk on which a folder lies, or will lie once it is made. */
export async function diskProfile(path: string): Promise<MachineProfile['disk']> {
  const folder = await nearest(path);
  const { bsize, blocks, bavail, files, ffree } = await statfs(folder);
  const { kind, readOnly } = await mountOf(folder);
  const syncs = readOnly ? undefined : await syncsOf(folder);
  return {
    ...(kind !== undefined && { kind }),
    totalBytes: blocks * bsize,
    freeBytes: bavail * bsize,
    // File systems that make inodes as they need them count none.
    ...(files > 0 && { freeFiles: ffree }),
    readOnly,
    ...(syncs !== undefined && { syncs }),
  };
}

/** Why the system's folder for temporary files cannot be written. */
export async function temporaryProblem(): Promise<string | undefined> {
  return access(tmpdir(), constants.W_OK).then(
    () => undefined,
    (error: Error) => error.message,
  );
}

async function nearest(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    return dirname(path) === path ? path : await nearest(dirname(path));
  }
}

/** Of the mounts above a folder the nearest counts, and of those at one place the last. */
async function mountOf(folder: string): Promise<{ kind?: string; readOnly: boolean }> {
  const mounts = (await textOf('/proc/self/mountinfo')).split('\n').flatMap((line) => {
    const [before = '', after = ''] = line.split(' - ');
    const [, , , , point = '', options = ''] = before.split(' ');
    const [kind = '', , superOptions = ''] = after.split(' ');
    // Spaces in a path stand as octal numbers.
    const place = point.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));
    const above = place === folder || folder.startsWith(place.endsWith(sep) ? place : `${place}${sep}`);
    const readOnly = [options, superOptions].some((text) => text.split(',').includes('ro'));
    return above && place !== '' ? [{ place, kind, readOnly }] : [];
  });
  const found = mounts.sort((a, b) => a.place.length - b.place.length).at(-1);
  return found ? { kind: found.kind, readOnly: found.readOnly } : { readOnly: false };
}

/** Writes a second that are flushed one by one, as a message is that must not be lost. */
async function syncsOf(folder: string): Promise<number | undefined> {
  const file = join(folder, `.trial-${newId()}`);
  try {
    await using handle = await open(file, 'w', 0o600);
    const page = new Uint8Array(PAGE);
    let count = 0;
    const begun = systemClock.monotonic();
    do {
      await handle.write(page, 0, PAGE, 0);
      await handle.datasync();
      count++;
    } while (systemClock.monotonic() - begun < MEASURED);
    return count / ((systemClock.monotonic() - begun) / 1000);
  } catch {
    // That it cannot be written is a finding of its own.
    return undefined;
  } finally {
    await rm(file, { force: true }).catch(() => undefined);
  }
}
