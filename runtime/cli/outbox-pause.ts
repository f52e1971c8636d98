import { changeOutbox } from './open-outbox.ts';
import { calledName, quotedDestination, sayNext, waitingWords } from './outbox-lines.ts';
import type { OutboxOptions } from './outbox-program.ts';
import type { Terminal } from './terminal.ts';

/** `millrace outbox pause` and `resume` @throws OUTBOX_EMPTY, OUTBOX_HELD, OUTBOX_DESTINATION_UNKNOWN */
export async function pauseOutbox(
  destination: string,
  paused: boolean,
  options: OutboxOptions,
  terminal: Terminal,
): Promise<void> {
  const row = await changeOutbox(options.userDir, destination, async (outbox, found) => {
    await outbox.setPaused?.(found.id, paused);
    return found;
  });
  if (options.json) return terminal.result(JSON.stringify({ destination: row.id, paused }));
  const name = calledName(row);
  if (!paused) return terminal.result(`"${name}" is sent to again from the next start on: ${waitingWords(row)}.`);
  terminal.result(`Nothing is sent to "${name}" from the next start on: ${waitingWords(row)}.`);
  sayNext(terminal, 'Undo it', `resume ${quotedDestination(row)}`);
}
