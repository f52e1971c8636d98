import { type BundleDiff, type Change, diffBundles, readBundle } from '../bundle/index.ts';
import type { BundleReadOptions } from './bundle-read-program.ts';
import { type Paints, paints } from './paints.ts';
import type { Terminal } from './terminal.ts';

/** `millrace bundle diff` @throws what is wrong with one of the bundles */
export async function diff(
  before: string,
  after: string,
  { json }: BundleReadOptions,
  terminal: Terminal,
): Promise<void> {
  const found = await diffBundles(await readBundle(before), await readBundle(after));
  if (json) return terminal.result(JSON.stringify(found));
  terminal.result(diffLines(found, paints(terminal.resultColour)).join('\n'));
}

function diffLines({ same, parts }: BundleDiff, colours: Paints): string[] {
  if (same) return ['Both bundles are the same.'];
  if (parts.length === 0) return ['What they do is the same; only files differ that say nothing of it.'];
  return parts.flatMap(({ title, changes }, i) => [
    ...(i === 0 ? [] : ['']),
    colours.strong(title),
    ...changes.flatMap((change) => changeLines(change, colours)),
  ]);
}

function changeLines({ sign, text, details = [] }: Change, { good, bad, doubtful }: Paints): string[] {
  const paint = { '+': good, '-': bad, '~': doubtful }[sign];
  return [`  ${paint(`${sign} ${text}`)}`, ...details.map((detail) => `      ${detail}`)];
}
