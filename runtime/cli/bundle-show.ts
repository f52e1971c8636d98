import { flowOf, type OpenBundle, readBundle, type Release, statedRelease } from '../bundle/index.ts';
import { holdingLines, settingLines } from './bundle-lines.ts';
import type { BundleReadOptions } from './bundle-read-program.ts';
import { showBytes } from './columns.ts';
import { showCount } from './data-lines.ts';
import { showExpiry } from './expiry.ts';
import { groupName } from './group-name.ts';
import type { Terminal } from './terminal.ts';

/** `millrace bundle show` @throws what is wrong with the bundle */
export async function showBundle(path: string, { json }: BundleReadOptions, terminal: Terminal): Promise<void> {
  const bundle = await readBundle(path);
  const { manifest, digest, envelope } = bundle;
  const release = statedRelease(bundle);
  const keys = envelope?.signatures.map(({ keyid }) => keyid) ?? [];
  if (json) {
    const signed = release && { ...factsOf(release), keys };
    return terminal.result(JSON.stringify({ digest, manifest, ...(signed && { release: signed }) }));
  }
  const lines = [
    await headLine(bundle),
    releaseLine(release, keys),
    '',
    ...holdingLines(manifest),
    ...settingLines(manifest),
  ];
  terminal.result(lines.join('\n'));
}

async function headLine(bundle: OpenBundle): Promise<string> {
  const { manifest, digest } = bundle;
  const bytes = Object.values(manifest.files).reduce((sum, file) => sum + file.bytes, 0);
  const nodes = (await flowOf(bundle)).filter(({ type }) => type !== 'tab' && type !== 'group');
  return `${manifest.name}, ${showCount(nodes.length, 'node')}, ${showBytes(bytes)}, digest ${digest.slice(0, 12)}`;
}

/** Whoever signed it: `verify` says whether that counts. */
function releaseLine(release: Release | undefined, keys: readonly string[]): string {
  if (!release) return 'not signed';
  const by = keys.map((key) => key.slice(0, 16)).join(', ');
  const signed = `signed on ${showExpiry(release.issued)} by key ${by}`;
  return `release ${release.version} for ${groupName(release.group)}, until ${showExpiry(release.expires)}; ${signed}`;
}

/** The release without what it is a release of. */
export const factsOf = ({ version, issued, expires, group }: Release) => ({ version, issued, expires, group });
