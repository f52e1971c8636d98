import { columns, showDate } from './columns.ts';
import { MILLRACE } from './command-name.ts';
import { showCount } from './data-lines.ts';
import { errors } from './errors.ts';
import { changeOutbox } from './open-outbox.ts';
import { calledName, quotedDestination, sayNext } from './outbox-lines.ts';
import type { DeadDeleteOptions, DeadListOptions, OutboxOptions } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace outbox dead list` @throws OUTBOX_EMPTY, OUTBOX_HELD, OUTBOX_DESTINATION_UNKNOWN */
export async function listDead(destination: string, options: DeadListOptions, terminal: Terminal): Promise<void> {
  const { limit } = options;
  const { row, letters } = await changeOutbox(options.userDir, destination, async (outbox, found) => ({
    row: found,
    letters: (await outbox.deadLetters?.({ destination: found.id, limit: limit + 1 })) ?? [],
  }));
  const shown = letters.slice(0, limit);
  if (options.json) {
    return terminal.result(JSON.stringify({ destination: row.id, letters: shown, more: letters.length > limit }));
  }
  if (shown.length === 0) return terminal.result(`"${calledName(row)}" has refused nothing that is still kept.`);
  const lines = columns(
    shown.map(({ id, stream, sequence, refusedAt, code, reason, again }) => [
      ...[String(id), `${stream} ${sequence}`, showDate(refusedAt), `${code}: ${reason}`, again ? 'sent again' : ''],
    ]),
  );
  lines.forEach((line, index) => {
    terminal.result(line);
    if (options.body) terminal.result(indented(shown[index]?.body ?? ''));
  });
  if (letters.length > limit) terminal.progress(`There are more: add --limit ${limit * 10}`);
  sayNext(terminal, 'Send them again', `dead retry ${quotedDestination(row)}`);
}

function indented(body: string): string {
  let text = body;
  try {
    text = JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    // What is no JSON is shown as it is.
  }
  return text.replace(/^/gm, '    ');
}

/** `millrace outbox dead retry` @throws OUTBOX_EMPTY, OUTBOX_HELD, OUTBOX_DESTINATION_UNKNOWN */
export async function retryDead(
  destination: string,
  letters: readonly number[] | undefined,
  options: OutboxOptions,
  terminal: Terminal,
): Promise<void> {
  // None named: all.
  const some = letters !== undefined && letters.length > 0 ? letters : undefined;
  const { row, count } = await changeOutbox(options.userDir, destination, async (outbox, found) => ({
    row: found,
    count: (await outbox.retryDead?.(found.id, some)) ?? 0,
  }));
  if (options.json) return terminal.result(JSON.stringify({ destination: row.id, letters: count }));
  terminal.result(`${showCount(count, 'message')} ${count === 1 ? 'waits' : 'wait'} again for "${calledName(row)}".`);
  if (count > 0) terminal.progress(`They are sent, with their key, from the next start on: ${MILLRACE} start`);
}

/** `millrace outbox dead delete` @throws LETTERS_UNNAMED, OUTBOX_EMPTY, OUTBOX_HELD, OUTBOX_DESTINATION_UNKNOWN */
export async function deleteDead(
  destination: string,
  letters: readonly number[] | undefined,
  options: DeadDeleteOptions,
  terminal: Terminal,
): Promise<void> {
  const named = letters !== undefined && letters.length > 0;
  // Nothing is deleted because somebody forgot to say what.
  if (named === (options.all === true)) throw errors.LETTERS_UNNAMED({ destination });
  const { row, count } = await changeOutbox(options.userDir, destination, async (outbox, found) => ({
    row: found,
    count: (await outbox.removeDead?.(found.id, named ? letters : undefined)) ?? 0,
  }));
  if (options.json) return terminal.result(JSON.stringify({ destination: row.id, letters: count }));
  terminal.result(`${showCount(count, 'message')} deleted; the receiver of "${calledName(row)}" is told of a gap.`);
}
