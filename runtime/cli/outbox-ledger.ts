import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { asMillraceError } from '../base/index.ts';
import type { Ledger } from '../messages/index.ts';
import { columns, showDate } from './columns.ts';
import { showCount } from './data-lines.ts';
import { errors } from './errors.ts';
import { standing } from './open-outbox.ts';
import { calledName, sayAge } from './outbox-lines.ts';
import type { LedgerOptions } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace outbox ledger` @throws OUTBOX_EMPTY, LEDGER_MISSING, LEDGER_DAMAGED, REPORT_UNWRITABLE */
export async function ledgerOfOutbox(options: LedgerOptions, terminal: Terminal): Promise<void> {
  const stand = await standing(options.userDir);
  const { ledger, rows } = stand;
  if (options.output !== undefined) {
    const path = resolve(options.output);
    await write(path, `${JSON.stringify(ledger)}\n`);
    sayAge(stand, terminal);
    if (options.json) return terminal.result(JSON.stringify({ path, time: ledger.time }));
    return terminal.result(`Written to ${path}, as of ${showDate(ledger.time)}.`);
  }
  if (options.json) return terminal.result(JSON.stringify(ledger));
  sayAge(stand, terminal);
  terminal.result(`Gateway ${ledger.gateway}, as of ${showDate(ledger.time)}`);
  if (ledger.streams.length === 0) return terminal.result('Nothing was taken yet.');
  const names = new Map(rows.map((row) => [row.id, calledName(row)]));
  for (const line of columns(ledger.streams.map((stream) => cells(stream, names)))) terminal.result(line);
}

function cells(
  { destination, stream, first, appended, acknowledged, gaps, dead, relayed }: Ledger['streams'][number],
  names: ReadonlyMap<string, string>,
) {
  const missing = gaps.reduce((sum, gap) => sum + gap.last - gap.first + 1, 0);
  return [
    names.get(destination) ?? destination,
    stream,
    `${first} to ${appended}`,
    `done to ${acknowledged}`,
    missing === 0 ? '' : `${showCount(missing, 'number')} in ${showCount(gaps.length, 'gap')}`,
    dead.length === 0 ? '' : `${dead.length} refused`,
    relayed ? 'passed on under the keys of its senders' : '',
  ];
}

/** The file is whole under its name, or what was there before stays. */
async function write(path: string, text: string): Promise<void> {
  const unfinished = `${path}.partial`;
  try {
    await writeFile(unfinished, text);
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw errors.REPORT_UNWRITABLE({ file: path, reason: asMillraceError(cause).message }, { cause });
  }
}
