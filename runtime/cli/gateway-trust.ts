import { readFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { systemClock } from '../base/index.ts';
import { parseRoot } from '../keys/index.ts';
import { gatewayPaths, pinRoot } from '../rollout/index.ts';
import { showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { errors } from './errors.ts';
import type { GatewayOptions } from './gateway-program.ts';
import { refuseRootBesideOwner } from './refuse-root.ts';
import type { Terminal } from './terminal.ts';

/** `millrace gateway trust` @throws ROOT_FILE_UNREADABLE, ROOT_IS_ANOTHER, ROOT_INVALID, ROOT_NOT_FOLLOWED, GATEWAY_OF_ANOTHER */
export async function gatewayTrust(
  files: readonly string[],
  { userDir, json }: GatewayOptions,
  terminal: Terminal,
): Promise<void> {
  await refuseRootBesideOwner(userDir, `trust ${files.join(' ')}`);
  const envelopes = await Promise.all(files.map(readEnvelope));
  const { root, changed, expired } = await pinRoot(userDir, envelopes, systemClock.now());
  const given = envelopes.map(parseRoot);
  const known = given.some((one) => one.version < root.version || isDeepStrictEqual(one, root));
  if (!changed && !known) throw errors.ROOT_IS_ANOTHER({ file: gatewayPaths(userDir).root, version: root.version });
  const { release } = root.roles;
  if (json) return terminal.result(JSON.stringify({ version: root.version, changed, expires: root.expires, release }));
  terminal.result(
    changed
      ? `Root version ${root.version} is trusted from now on.`
      : `Root version ${root.version} was trusted already.`,
  );
  terminal.result(`  Releases need ${release.threshold} of these keys:`);
  for (const { id } of release.keys) terminal.result(`    ${id}`);
  terminal.result(`  It ${expired ? 'expired' : 'expires'} ${showDate(root.expires)}.`);
  terminal.progress(`\nNow give it a bundle: ${MILLRACE} gateway deploy FILE.mrb`);
}

async function readEnvelope(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as unknown;
  } catch (cause) {
    throw errors.ROOT_FILE_UNREADABLE({ file, reason: (cause as Error).message }, { cause });
  }
}
