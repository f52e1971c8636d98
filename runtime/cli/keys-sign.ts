import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { countersignBundle, type Release, signBundle, statedSigners } from '../bundle/index.ts';
import { asMillraceError } from '../base/index.ts';
import { readSigningKey } from '../keys/index.ts';
import { errors } from './errors.ts';
import { parseCount, parseExpiry, showExpiry } from './expiry.ts';
import { groupName } from './group-name.ts';
import type { KeysSignOptions } from './keys-signing-program.ts';
import { writeSignedFile } from './signed-file.ts';
import type { Terminal } from './terminal.ts';

/** `millrace keys sign` @throws OPTION_INVALID, the errors of the keys and of the bundle, SIGNED_FILE_NOT_WRITTEN */
export async function signFile(path: string, options: KeysSignOptions, terminal: Terminal): Promise<void> {
  const now = Date.now();
  const chosen = {
    ...(options.version !== undefined && { version: parseCount('--version', options.version) }),
    ...(options.expires !== undefined && { expires: parseExpiry(options.expires, now) }),
    ...(options.group !== undefined && { group: groupOf(options.group) }),
  };
  const keys = await Promise.all(options.key.map((file) => readSigningKey(resolve(file), { named: true })));
  const bundle = await readFile(resolve(path)).catch((cause: unknown) => {
    throw errors.SIGNED_FILE_UNREADABLE({ file: path, reason: asMillraceError(cause).message }, { cause });
  });
  // What others have signed is theirs to say: theirs and this one are to be over the same.
  const others = Object.keys(chosen).length === 0 ? statedSigners(bundle, path) : undefined;
  const joins = others !== undefined && !keys.some(({ id }) => others.includes(id));
  const { bytes, release, envelope } = joins
    ? countersignBundle(bundle, { keys, source: path })
    : signBundle(bundle, { keys, now, source: path, ...chosen });
  const signers = envelope.signatures.map(({ keyid }) => keyid);
  const file = resolve(options.output ?? path);
  await writeSignedFile(file, bytes, 'replace');
  if (options.json) return terminal.result(JSON.stringify({ file, ...facts(release), signers }));
  terminal.result(
    `${release.manifest.name}, release ${release.version}, for ${groupName(release.group)}, until ${showExpiry(release.expires)}`,
  );
  terminal.result(
    `  ${joins ? 'one more signature: signed' : 'signed'} by ${signers.map((id) => id.slice(0, 16)).join(', ')}`,
  );
  terminal.progress(`\nWritten to ${file}.`);
}

const facts = ({ version, issued, expires, group, manifest }: Release) => ({
  name: manifest.name,
  version,
  issued,
  expires,
  group,
});

/** @throws OPTION_INVALID */
function groupOf(group: string): string {
  if (/^[^\p{C}]{1,64}$/u.test(group)) return group;
  throw errors.OPTION_INVALID({ option: '--group', value: group, expected: 'a name of at most 64 characters' });
}
