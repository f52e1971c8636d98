import { resolve } from 'node:path';
import { addSignature, parseEnvelope, parseRoot, readRoot, readSigningKey } from '../keys/index.ts';
import { rootText, sayRoot } from './keys-root-make.ts';
import type { RootSignOptions } from './keys-root-program.ts';
import { readSignedFile, writeSignedFile } from './signed-file.ts';
import type { Terminal } from './terminal.ts';

/** `millrace keys root sign` @throws SIGNED_FILE_UNREADABLE, SIGNED_FILE_NOT_WRITTEN, and the errors of keys and roots */
export async function signRoot(path: string, options: RootSignOptions, terminal: Terminal): Promise<void> {
  const file = resolve(path);
  const held = await readSignedFile(file);
  // Nobody signs what is no root.
  readRoot(held);
  const before = options.after === undefined ? undefined : parseRoot(await readSignedFile(resolve(options.after)));
  const keys = await Promise.all(options.key.map((key) => readSigningKey(resolve(key), { named: true })));
  const envelope = keys.reduce(addSignature, parseEnvelope(held));
  await writeSignedFile(file, rootText(envelope), 'replace');
  sayRoot({ file, envelope, ...(before && { before }) }, terminal);
}
