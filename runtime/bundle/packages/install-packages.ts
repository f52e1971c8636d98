import { chmod, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { flushFolder } from '../../keys/index.ts';
import { errors } from '../errors.ts';
import { MODULES_FOLDER } from '../names.ts';
import type { OpenBundle } from '../types.ts';
import { explained } from '../unpack/explained.ts';
import { createFileWriter } from '../unpack/file-writer.ts';
import { closeFolder, closeFolders, draftOf, removeBundle, removeLeftovers } from '../unpack/folders.ts';
import { createRoomKeeper } from '../unpack/room-keeper.ts';
import type { RoomOptions } from '../unpack/write-folder.ts';
import { createAllowance } from './allowance.ts';
import { installedState, STAMP, stampOf } from './installed.ts';
import { isMeantFor } from './meant-for.ts';
import { unpackPackage } from './unpack-package.ts';

export interface InstallOptions extends RoomOptions {
  /** `linux-arm64`. Default: this machine. */
  readonly machine?: string;
}

/**
 * Unpacks the node packages that an unpacked bundle brings along to `node_modules` beside its files: offline, without running
 * any script of theirs, read-only, whole or not at all. What is installed already, and whole, stays.
 *
 * @param bundle read from a folder
 * @returns the node_modules folder; undefined where the bundle brings no package
 * @throws BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_PATH_UNSAFE, BUNDLE_TOO_BIG, BUNDLE_NO_ROOM, BUNDLE_NOT_UNPACKED, NATIVE_LIBRARY_FOREIGN
 */
export async function installPackages(bundle: OpenBundle, options: InstallOptions = {}): Promise<string | undefined> {
  const { packages } = bundle.manifest;
  if (packages.length === 0) return undefined;
  const modules = join(bundle.source, MODULES_FOLDER);
  if ((await installedState(bundle)) === 'whole') return modules;

  const partial = draftOf(bundle.source, 'packages');
  try {
    await removeLeftovers(bundle.source);
    await write(bundle, partial, options);
    await place(join(partial, MODULES_FOLDER), bundle.source);
    return modules;
  } catch (error) {
    const bytes = packages.reduce((sum, { tarball }) => sum + (bundle.manifest.files[tarball]?.bytes ?? 0), 0);
    throw explained(error, { bundle: bundle.source, directory: modules, bytes });
  } finally {
    await removeBundle(partial).catch(() => undefined);
  }
}

async function write(bundle: OpenBundle, directory: string, options: InstallOptions): Promise<void> {
  const { machine = `${process.platform}-${process.arch}`, keepFree = 0 } = options;
  const allowance = createAllowance(bundle.source);
  const writer = createFileWriter(createRoomKeeper(dirname(directory), keepFree));
  const isForHere = ['any', machine].some((each) => bundle.manifest.architectures.includes(each));
  await mkdir(directory, { mode: 0o700 });
  try {
    for (const entry of bundle.manifest.packages) {
      const place = join(directory, entry.path);
      const libraries = await unpackPackage(bundle, entry, place, { writer, allowance });
      const machines = [...new Set(libraries.flat())].sort();
      if (machines.length === 0 || machines.includes(machine)) continue;
      // One of several, of which another is for this machine: nobody loads it here.
      if (isForHere && !(await isMeantFor(place, machine))) continue;
      throw errors.NATIVE_LIBRARY_FOREIGN({ package: `${entry.name}@${entry.version}`, machines, here: machine });
    }
    const modules = join(directory, MODULES_FOLDER);
    await writer.write(join(modules, STAMP), [Buffer.from(await stampOf(bundle, modules))]);
  } finally {
    await writer.finish();
  }
  await closeFolders(join(directory, MODULES_FOLDER));
}

/** Into the bundle's folder, which is read-only but for this moment. */
async function place(modules: string, directory: string): Promise<void> {
  const target = join(directory, MODULES_FOLDER);
  await chmod(directory, 0o700);
  try {
    await removeBundle(target);
    // A folder that changes its place must be writable itself.
    await chmod(modules, 0o700);
    await rename(modules, target);
    await closeFolder(target);
    await flushFolder(directory);
  } finally {
    await chmod(directory, 0o555);
  }
}
