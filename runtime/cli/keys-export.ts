import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { asMillraceError } from '../base/index.ts';
import { writeSecretFile } from '../keys/index.ts';
import { errors } from './errors.ts';
import type { KeysExportOptions } from './keys-program.ts';
import { keysOf, needKeys } from './read-keys.ts';
import type { Terminal } from './terminal.ts';

/** `millrace keys export` @throws KEYS_MISSING, KEYS_NOT_WRITTEN, and the errors of the keys */
export async function exportKeys({ userDir, output }: KeysExportOptions, terminal: Terminal): Promise<void> {
  const { text } = await needKeys(keysOf(userDir));
  if (output === undefined || output === '-') terminal.result(text.trimEnd());
  else await write(resolve(output), text, terminal);
  terminal.progress(
    'Whoever has these keys can read every field that this gateway encrypts. They cannot be taken back: send them over an encrypted way only, and never with the data.',
  );
}

/** Never over another file: it might be the only copy of other keys. */
async function write(file: string, text: string, terminal: Terminal): Promise<void> {
  if (existsSync(file)) throw errors.KEYS_NOT_WRITTEN({ file, reason: 'it is there already' });
  try {
    await writeSecretFile(file, text);
  } catch (cause) {
    const { message } = asMillraceError(cause);
    throw errors.KEYS_NOT_WRITTEN({ file, reason: message }, { cause });
  }
  terminal.result(`Written to ${file}, for its owner only.`);
}
