import { readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { errors } from '../../errors.ts';

/** A package as it is installed. */
export interface Installed {
  readonly name: string;
  readonly version: string;
  /** Where its files are. */
  readonly directory: string;
  /** Where it is installed, below the user directory. */
  readonly path: string;
  readonly manifest: PackageManifest;
  /** Of one that whoever needs it can do without: the path of that one. */
  readonly optionalOf?: string;
}

const names = z.record(z.string(), z.unknown()).catch({});
const manifestSchema = z.object({
  name: z.string().optional(),
  version: z.string().catch('0.0.0'),
  license: z.string().optional().catch(undefined),
  dependencies: names.default({}),
  optionalDependencies: names.default({}),
  peerDependencies: names.default({}),
  os: z.array(z.string()).optional().catch(undefined),
  cpu: z.array(z.string()).optional().catch(undefined),
});
export type PackageManifest = z.output<typeof manifestSchema>;

/** What every gateway has: a package that asks for it beside itself means that one. */
const HOSTS = new Set(['node-red', 'millrace', 'millrace-studio']);

/**
 * Packages of a user directory with everything that they need to run, each where Node finds it.
 *
 * @param wanted names of packages in its node_modules
 * @returns by path
 * @throws PACKAGE_INCOMPLETE if one that is needed is not installed
 */
export async function packageTree(userDir: string, wanted: readonly string[]): Promise<Installed[]> {
  const found = new Map<string, Installed>();

  const add = async (name: string, from: Installed | undefined, need: 'must' | 'may' | 'peer'): Promise<void> => {
    const placed = await find(userDir, name, from);
    if (!placed) {
      if (need === 'must') throw errors.PACKAGE_INCOMPLETE({ name, from: from?.name ?? userDir });
      return;
    }
    if (found.has(placed.path)) return;
    const manifest = await readManifest(placed.directory);
    const { dependencies, optionalDependencies, peerDependencies } = manifest;
    const optionalOf = need === 'may' ? from?.path : from?.optionalOf;
    const installed = {
      ...placed,
      name,
      version: manifest.version,
      manifest,
      ...(optionalOf !== undefined && { optionalOf }),
    };
    found.set(placed.path, installed);
    for (const each of Object.keys(optionalDependencies)) await add(each, installed, 'may');
    for (const each of Object.keys(dependencies)) {
      // npm lists what is optional in both.
      if (!(each in optionalDependencies)) await add(each, installed, 'must');
    }
    for (const each of Object.keys(peerDependencies)) if (!HOSTS.has(each)) await add(each, installed, 'peer');
  };
  for (const name of [...wanted].sort()) await add(name, undefined, 'must');
  return [...found.values()].sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** As Node looks for it: in the node_modules of whoever asks, then in those around it. */
async function find(
  userDir: string,
  name: string,
  from: Installed | undefined,
): Promise<Pick<Installed, 'directory' | 'path'> | undefined> {
  for (let around = from?.path ?? ''; ; around = parentOf(around)) {
    const path = [around, 'node_modules', name].filter((part) => part !== '').join('/');
    const directory = join(userDir, path);
    if (await isPackage(directory)) return { directory, path };
    if (around === '') break;
  }
  if (!from) return undefined;
  // A package that was linked has what it needs around the place that it is linked from.
  const real = await realpath(from.directory);
  for (let around = real; ; around = dirname(around)) {
    const directory = join(around, 'node_modules', name);
    if (await isPackage(directory)) return { directory, path: `${from.path}/node_modules/${name}` };
    if (dirname(around) === around) return undefined;
  }
}

/** `node_modules/a/node_modules/b` → `node_modules/a` */
const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/node_modules/')));

const isPackage = (directory: string): Promise<boolean> =>
  readFile(join(directory, 'package.json')).then(
    () => true,
    () => false,
  );

async function readManifest(directory: string): Promise<PackageManifest> {
  try {
    return manifestSchema.parse(JSON.parse(await readFile(join(directory, 'package.json'), 'utf8')));
  } catch (error) {
    throw errors.PACKAGE_UNREADABLE({ directory, reason: (error as Error).message }, { cause: error });
  }
}
