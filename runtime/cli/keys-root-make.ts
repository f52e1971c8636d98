import { resolve } from 'node:path';
import {
  type Envelope,
  makeRoot,
  type PublicKey,
  parseRoot,
  readPublicKey,
  readRoot,
  readSigningKey,
  type Role,
  type Root,
  type SigningKey,
} from '../keys/index.ts';
import { MILLRACE } from './command-name.ts';
import { parseCount, parseExpiry } from './expiry.ts';
import type { RootRoleOptions, RootRotateOptions } from './keys-root-program.ts';
import { rootLines, rootSheet } from './root-lines.ts';
import { readSignedFile, writeSignedFile } from './signed-file.ts';
import type { Terminal } from './terminal.ts';

/** Root keys lie in safes, gateways where nobody goes: a root lasts. */
const FIVE_YEARS = '1825d';

/** `millrace keys root make` @throws OPTION_INVALID, SIGNED_FILE_NOT_WRITTEN, ROOT_INVALID, and the errors of the keys */
export async function makeFirstRoot(path: string, options: RootRoleOptions, terminal: Terminal): Promise<void> {
  const keys = await Promise.all(options.key.map((file) => readSigningKey(resolve(file), { named: true })));
  await make({ path, version: 1, keys, options, otherwise: { root: ones(keys), release: ones(keys) } }, terminal);
}

/** `millrace keys root rotate` @throws as `makeFirstRoot`, and what is wrong with the root before */
export async function rotateRoot(path: string, options: RootRotateOptions, terminal: Terminal): Promise<void> {
  const before = parseRoot(await readSignedFile(resolve(path)));
  const keys = await Promise.all(options.key.map((file) => readSigningKey(resolve(file), { named: true })));
  const { version, roles } = before;
  await make({ path: options.output, version: version + 1, keys, options, otherwise: roles, before }, terminal);
}

interface Making {
  readonly path: string;
  readonly version: number;
  readonly keys: readonly SigningKey[];
  readonly options: RootRoleOptions;
  readonly otherwise: Root['roles'];
  readonly before?: Root;
}

async function make({ path, version, keys, options, otherwise, before }: Making, terminal: Terminal): Promise<void> {
  const file = resolve(path);
  const roles = {
    root: await roleOf('root', options.rootKey, options.rootThreshold, otherwise.root),
    release: await roleOf('release', options.releaseKey, options.releaseThreshold, otherwise.release),
  };
  const expires = parseExpiry(options.expires ?? FIVE_YEARS, Date.now());
  const envelope = makeRoot({ version, expires, roles }, keys);
  await writeSignedFile(file, rootText(envelope), 'keep');
  sayRoot({ file, envelope, ...(before && { before }) }, terminal);
}

/** The threshold never falls because somebody did not name it. */
async function roleOf(
  name: string,
  files: readonly string[] | undefined,
  threshold: string | undefined,
  otherwise: Role,
) {
  const keys = files ? await Promise.all(files.map((file) => readPublicKey(resolve(file)))) : otherwise.keys;
  const count = threshold === undefined ? undefined : parseCount(`--${name}-threshold`, threshold);
  return { keys, threshold: count ?? otherwise.threshold };
}

const ones = (keys: readonly SigningKey[]): Role => ({
  threshold: 1,
  keys: keys.map(({ id, publicKey }): PublicKey => ({ id, publicKey })),
});

export const rootText = (envelope: Envelope): string => `${JSON.stringify(envelope, null, 2)}\n`;

/** Prints a root that was written, and what must still be done with it. */
export function sayRoot(
  { file, envelope, before }: { readonly file: string; readonly envelope: Envelope; readonly before?: Root },
  terminal: Terminal,
): void {
  const sheet = rootSheet(readRoot(envelope), envelope, before);
  for (const line of rootLines(sheet)) terminal.result(line);
  if (sheet.complete)
    return terminal.progress(`\nWritten to ${file}. It can be handed to gateways: it holds nothing secret.`);
  terminal.progress(
    `\nWritten to ${file}. It is not yet good: others must sign it: ${MILLRACE} keys root sign FILE --key KEY`,
  );
}
