import { createHash } from 'node:crypto';
import { isBuiltin } from 'node:module';
import { errors } from '../../errors.ts';
import { FUNCTION_MODULES } from '../../off-on-device.ts';
import { writeTar } from '../../tar/write-tar.ts';
import type { BundleNodePackage, FlowNode } from '../../types.ts';
import type { Findings } from '../findings.ts';
import { activeNodes, called } from '../nodes.ts';
import type { PackOptions } from '../options.ts';
import { modulesOf } from '../risky-nodes.ts';
import { builtFor } from './built-for.ts';
import { installedTypes } from './installed-types.ts';
import { packageFiles } from './package-files.ts';
import { type Installed, packageTree } from './package-tree.ts';
import { storeGzip } from './store-gzip.ts';

export interface GatheredPackages {
  readonly packages: readonly BundleNodePackage[];
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** By path, of those that say one. */
  readonly licences: ReadonlyMap<string, string>;
  /** Where they run: all that hold parts built for a platform, together. Nothing: everywhere. */
  readonly platforms: ReadonlySet<string> | undefined;
  /** What unpacking them takes. */
  readonly unpackedBytes: number;
}

/** Belongs to no package. */
const OWN = /^(tab|subflow|group|junction|unknown|subflow:.*)$/;

/**
 * The packages that bring the flow's types of nodes, where they are not those that every gateway has, and everything that
 * these need to run.
 */
export async function gatherPackages(
  flow: readonly FlowNode[],
  { builtIn, userDir, allow = [] }: Pick<PackOptions, 'builtIn' | 'userDir' | 'allow'>,
  findings: Findings,
): Promise<GatheredPackages> {
  const nodes = activeNodes(flow);
  const foreign = nodes.filter(({ type }) => !OWN.test(type) && !builtIn.has(type));
  const modules = allow.includes(FUNCTION_MODULES) ? nodes.flatMap(modulesOf).filter((name) => !isBuiltin(name)) : [];
  const files = new Map<string, Uint8Array>();
  const nothing = { packages: [], files, licences: new Map<string, string>(), platforms: undefined, unpackedBytes: 0 };
  if (foreign.length + modules.length === 0) return nothing;

  const brought = userDir === undefined ? new Map<string, string>() : await installedTypes(userDir);
  for (const node of new Map(foreign.map((each) => [each.type, each])).values()) {
    if (!brought.has(node.type)) findings.problem(errors.NODE_TYPE_NOT_HERE({ node: called(node), type: node.type }));
  }
  const names = new Set([...foreign.flatMap(({ type }) => brought.get(type) ?? []), ...modules]);
  const tree = (await findings.attempt(packageTree(userDir ?? '', [...names]))) ?? [];

  const packages: BundleNodePackage[] = [];
  const built = new Map<Installed, ReadonlySet<string>>();
  let unpackedBytes = 0;
  for (const installed of tree) {
    const { name, version, path, directory, manifest } = installed;
    const held = await packageFiles(directory);
    unpackedBytes += held.reduce((sum, { bytes }) => sum + bytes.byteLength, 0);
    const platforms = builtFor(manifest, held);
    if (platforms) built.set(installed, platforms);
    const tarball = storeGzip(writeTar(held));
    const integrity = `sha512-${createHash('sha512').update(tarball).digest('base64')}`;
    const file = freeFile(files, `packages/${name.replace('/', '+')}-${version}`, tarball);
    files.set(file, tarball);
    packages.push({ name, version, tarball: file, integrity, path, native: platforms !== undefined });
  }
  const licences = new Map(
    tree.flatMap(({ path, manifest: { license } }) => (license === undefined ? [] : [[path, license]])),
  );
  return { packages, files, licences, platforms: together(built), unpackedBytes };
}

/** Two places may hold the same, and in the same version something else: patched, or built for another platform. */
function freeFile(files: ReadonlyMap<string, Uint8Array>, name: string, tarball: Uint8Array): string {
  for (let turn = 1; ; turn++) {
    const file = turn === 1 ? `${name}.tgz` : `${name}.${turn}.tgz`;
    const there = files.get(file);
    if (!there || Buffer.compare(there, tarball) === 0) return file;
  }
}

/** Of what a package may do without, one variant is enough: one that fits is chosen where it runs. */
function together(built: ReadonlyMap<Installed, ReadonlySet<string>>): ReadonlySet<string> | undefined {
  const needed = new Map<string, ReadonlySet<string>>();
  for (const [{ path, optionalOf }, platforms] of built) {
    const key = optionalOf ?? path;
    needed.set(key, new Set([...(needed.get(key) ?? []), ...platforms]));
  }
  if (needed.size === 0) return undefined;
  return [...needed.values()].reduce((all, platforms) => new Set([...all].filter((each) => platforms.has(each))));
}
