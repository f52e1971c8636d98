import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { asMillraceError, type MillraceError } from '../base/index.ts';
import { type FieldKeys, reveal } from '../keys/index.ts';
import { showCount } from './data-lines.ts';
import { errors } from './errors.ts';
import type { KeysRevealOptions } from './keys-program.ts';
import { keysOf, needKeys } from './read-keys.ts';
import type { Terminal } from './terminal.ts';
import { Unsuccessful } from './unsuccessful.ts';

/** `millrace keys reveal` @throws KEYS_MISSING, MESSAGES_UNREADABLE, and the errors of the keys */
export async function revealFields(file: string, options: KeysRevealOptions, terminal: Terminal): Promise<void> {
  const { keys } = await needKeys(options.keys === undefined ? keysOf(options.userDir) : resolve(options.keys));
  let opened = 0;
  let lines = 0;
  let closed = 0;
  let notJson = 0;
  let first: MillraceError | undefined;
  for await (const line of linesOf(file)) {
    lines += 1;
    const shown = revealLine(line, keys);
    if (!shown) notJson += 1;
    opened += shown?.opened ?? 0;
    closed += shown?.sealed.length ?? 0;
    first ??= shown?.sealed[0] && asMillraceError(shown.sealed[0].error);
    await written(`${shown ? JSON.stringify(shown.value) : line}\n`);
  }
  terminal.progress(`${showCount(opened, 'field')} opened in ${showCount(lines, 'line')}.`);
  if (notJson > 0) terminal.progress(`${showCount(notJson, 'line')} left as they are: no JSON.`);
  if (first)
    terminal.progress(`${showCount(closed, 'field')} left as they are, the first because: ${first.toString()}`);
  if (notJson + closed > 0) throw new Unsuccessful();
}

function revealLine(line: string, keys: FieldKeys) {
  try {
    return reveal(JSON.parse(line) as unknown, keys);
  } catch {
    return undefined;
  }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = file === '-' ? process.stdin : createReadStream(resolve(file));
  // Some versions of Node.js pass on what the stream under a reader of lines meets with, some do not.
  let failed: unknown;
  input.on('error', (error: Error) => (failed = error));
  try {
    for await (const line of createInterface({ input, crlfDelay: Infinity })) if (line.trim() !== '') yield line;
  } catch (error) {
    failed = error;
  }
  if (failed) throw errors.MESSAGES_UNREADABLE({ file, reason: asMillraceError(failed).message }, { cause: failed });
}

/** Waits for whoever reads: a file may be larger than the memory. */
const written = (text: string) => new Promise<void>((done) => void process.stdout.write(text, () => done()));
