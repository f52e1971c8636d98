import { resolve } from 'node:path';
import { parseEnvelope, parseRoot, readRoot } from '../keys/index.ts';
import { MILLRACE } from './command-name.ts';
import type { RootShowOptions } from './keys-root-program.ts';
import { rootLines, rootSheet } from './root-lines.ts';
import { readSignedFile } from './signed-file.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

/** `millrace keys root show` @throws SIGNED_FILE_UNREADABLE, ENVELOPE_INVALID, ROOT_INVALID; Unsuccessful where it is not good */
export async function showRoot(path: string, { after, json }: RootShowOptions, terminal: Terminal): Promise<void> {
  const held = await readSignedFile(resolve(path));
  const before = after === undefined ? undefined : parseRoot(await readSignedFile(resolve(after)));
  const sheet = rootSheet(readRoot(held), parseEnvelope(held), before);
  if (json) terminal.result(JSON.stringify(sheet));
  else for (const line of rootLines(sheet)) terminal.result(line);
  if (sheet.complete) return;
  terminal.progress(`\nIt is not yet good: others must sign it: ${MILLRACE} keys root sign ${path} --key KEY`);
  throw new Unsuccessful();
}
