/** From what was given to `millrace run` to a folder that may run. */
import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { asMillraceError } from '../base/index.ts';
import {
  acceptRelease,
  checkAccepted,
  checkUnpacked,
  installPackages,
  type OpenBundle,
  readBundle,
  removeBundle,
  statedRelease,
  unpackBundle,
} from '../bundle/index.ts';
import { writeSecretFile } from '../keys/index.ts';
import { releaseFacts, type ReleaseFacts } from '../messages/index.ts';
import { ownVersion } from '../server/index.ts';
import { checkSlot } from './check-slot.ts';
import { errors } from './errors.ts';
import { readRootFile } from './read-root-file.ts';
import type { RunOptions } from './run-program.ts';

/**
 * The folder of a bundle that may run here: accepted by its signature unless `--unsigned` is given, and whole. It is unpacked
 * below the user directory, under its digest, and what was unpacked there before is removed. A folder is too: its signature
 * says nothing of the packages that lie installed in it, nor of what is changed there later.
 *
 * @throws ROOT_UNKNOWN; what reading, accepting and unpacking a bundle, and checking a slot, throw
 */
export async function unpackedBundle(path: string, options: RunOptions): Promise<string> {
  const bundle = await readBundle(path);
  const isFolder = (await stat(path)).isDirectory();
  // Somebody who only says that he is the supervisor has no channel to this process.
  if (options.supervised !== undefined && process.connected && isFolder) {
    await checkSlot(bundle, options);
    // What the disk has spoilt of them since is installed anew.
    await installPackages(bundle);
    return bundle.source;
  }
  const remember = options.unsigned ? undefined : await accept(bundle, options);
  const directory = await unpack(bundle, join(options.userDir, 'bundles'));
  await installPackages(await readBundle(directory));
  await remember?.();
  return directory;
}

async function unpack({ source, digest }: OpenBundle, bundles: string): Promise<string> {
  await mkdir(bundles, { recursive: true, mode: 0o700 });
  const directory = join(bundles, digest);
  const there = await checkUnpacked(directory).catch((error: unknown) => {
    // Cut, altered or not there: it is unpacked anew.
    if (!asMillraceError(error).code.startsWith('BUNDLE_')) throw error;
  });
  if (there?.digest !== digest) await unpackBundle(source, directory, { digest });
  const unpacked = (await readdir(bundles)).filter((name) => UNPACKED.test(name));
  for (const name of unpacked) if (name !== digest) await removeBundle(join(bundles, name));
  return directory;
}

/** Under its digest, or what a power cut left of it. Other folders are somebody's own: he may be running one of them. */
const UNPACKED = /^[0-9a-f]{64}(\.|$)/;

const acceptedSchema = z.object({ format: z.literal(1), newest: z.record(z.string(), releaseFacts) });

/** @returns what remembers the release as the newest: to be called once it is whole */
async function accept(bundle: OpenBundle, { userDir, root, group }: RunOptions): Promise<() => Promise<void>> {
  const { name } = bundle.manifest;
  const file = join(userDir, 'bundles', 'accepted.json');
  const accepted = await readAccepted(file);
  const newest = accepted[name];
  const trusted = await readRootFile(root ?? join(userDir, 'gateway', 'root.json'), root !== undefined);
  // What was accepted once goes on running, when it has expired and when its signers may sign no more.
  if (newest?.digest === bundle.digest && statedRelease(bundle)?.version === newest.version) {
    checkAccepted(bundle, { digest: newest.digest, root: trusted });
    return () => Promise.resolve();
  }
  const { version, issued } = acceptRelease(bundle, {
    ...{ root: trusted, group, now: Date.now() },
    ...{ runtime: ownVersion(), architecture: `${process.platform}-${process.arch}` },
    ...(newest && { newest }),
  });
  return async () => {
    const now = { ...accepted, [name]: { name, version, issued, digest: bundle.digest } };
    await writeSecretFile(file, `${JSON.stringify({ format: 1, newest: now }, null, 2)}\n`);
  };
}

/** The newest release that was accepted here, by the name of its bundle. */
async function readAccepted(file: string): Promise<Readonly<Record<string, ReleaseFacts>>> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
  if (text === undefined) return {};
  try {
    return acceptedSchema.parse(JSON.parse(text)).newest;
  } catch (cause) {
    // Taken for nothing, it would let an older release in.
    throw errors.ACCEPTED_DAMAGED({ file }, { cause });
  }
}
