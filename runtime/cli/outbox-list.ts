import { MillraceError } from '../base/index.ts';
import { columns } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { standing } from './open-outbox.ts';
import { calledName, matters, quotedDestination, sayAge, sayNext, waitingWords } from './outbox-lines.ts';
import type { OutboxOptions } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace outbox list` @throws LEDGER_MISSING, LEDGER_DAMAGED, and the store's errors */
export async function listOutbox(options: OutboxOptions, terminal: Terminal): Promise<void> {
  const stand = await standing(options.userDir).catch((error: unknown) => {
    // Nothing to list is an answer too.
    if (error instanceof MillraceError && error.code === 'OUTBOX_EMPTY') return undefined;
    throw error;
  });
  const rows = stand?.rows ?? [];
  if (options.json) {
    const { running = false, ledger } = stand ?? {};
    const destinations = rows.map(({ course: _course, ...row }) => row);
    return terminal.result(JSON.stringify({ running, ...(running && ledger && { time: ledger.time }), destinations }));
  }
  if (stand) sayAge(stand, terminal);
  const [first] = rows;
  if (!first) {
    terminal.result('Nothing waits to be sent.');
    if (!stand) terminal.progress(`Wire an "upload" node behind what is to be sent, and start it: ${MILLRACE} start`);
    return;
  }
  const named = (row: (typeof rows)[number]) => (row.name === '' ? ['', row.id] : [row.name, row.id]);
  for (const line of columns(
    rows.map((row) => [
      ...named(row),
      row.address,
      waitingWords(row),
      matters(row, stand?.running ?? false).join(', '),
    ]),
  )) {
    terminal.result(line);
  }
  const worst = rows.find((row) => matters(row, true).length > 0) ?? first;
  sayNext(terminal, `See more of ${calledName(worst)}`, `show ${quotedDestination(worst)}`);
}
