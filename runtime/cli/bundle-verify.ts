import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  acceptRelease,
  checkContents,
  type OpenBundle,
  readBundle,
  type Release,
  statedRelease,
} from '../bundle/index.ts';
import type { BundleVerifyOptions } from './bundle-read-program.ts';
import { factsOf } from './bundle-show.ts';
import { MILLRACE } from './command-name.ts';
import { showCount } from './data-lines.ts';
import { showExpiry } from './expiry.ts';
import { groupName } from './group-name.ts';
import { readVersion } from './manifest.ts';
import { readRootFile } from './read-root-file.ts';
import type { Terminal } from './terminal.ts';

/**
 * `millrace bundle verify`
 *
 * @throws what is wrong with the bundle, and why a gateway would refuse it; ROOT_UNKNOWN
 */
export async function verifyBundle(path: string, options: BundleVerifyOptions, terminal: Terminal): Promise<void> {
  const bundle = await readBundle(path);
  await checkContents(bundle);
  const stated = statedRelease(bundle);
  const accepted = await accept(bundle, stated, options);
  const { manifest, digest } = bundle;
  const release = accepted ?? stated;
  if (options.json) {
    const facts = { name: manifest.name, digest, whole: true, signature: accepted ? 'trusted' : 'not checked' };
    return terminal.result(JSON.stringify({ ...facts, ...(release && { release: factsOf(release) }) }));
  }
  terminal.result(`${manifest.name} is whole: ${showCount(Object.keys(manifest.files).length, 'file')}.`);
  if (accepted) {
    const { version, group, expires } = accepted;
    terminal.result(
      `Its signature is trusted: release ${version} for ${groupName(group)}, until ${showExpiry(expires)}.`,
    );
  } else {
    terminal.result(stated ? 'Who signed it was not checked.' : 'It is not signed.');
    terminal.progress(`\nSay whom to trust: ${MILLRACE} bundle verify ${path} --root root.json`);
  }
}

/**
 * What nobody asked about is taken as it fits: group, machine, and, where another root than this gateway's is given, what the
 * gateway has taken before.
 *
 * @returns undefined where nobody says whom to trust
 */
async function accept(
  bundle: OpenBundle,
  stated: Release | undefined,
  { userDir, root, group, arch }: BundleVerifyOptions,
): Promise<Release | undefined> {
  const paired = join(userDir, 'gateway', 'root.json');
  if (root === undefined && !existsSync(paired)) return undefined;
  const trusted = await readRootFile(root ?? paired, root !== undefined);
  const { newestHeld } = await import('../rollout/index.ts');
  const newest = root === undefined ? await newestHeld(userDir, trusted) : undefined;
  return acceptRelease(bundle, {
    root: trusted,
    ...(newest && { newest }),
    group: group ?? stated?.group ?? 'any',
    architecture: arch ?? bundle.manifest.architectures[0] ?? 'any',
    ...{ runtime: readVersion(), now: Date.now() },
  });
}
