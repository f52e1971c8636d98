import {
  type DeadLettersAnswer,
  deadLettersRequest,
  type DestinationRow,
  type Ledger,
  type OutboxAnswer,
  outboxCommand,
  type OutboxDone,
} from '../../messages/index.ts';
import type { Services } from '../../services/index.ts';
import { errors } from '../errors.ts';
import { parseRequest } from './requests.ts';
import type { AdminRoutes } from './routes.ts';
import { nameOfRunning } from './running-nodes.ts';

/** The destination of upload nodes for which no target was chosen, as the outbox knows it. */
const BUILT_IN = { id: 'built-in', name: 'built-in broker' };

/** What waits for the destinations, what they refused, and what a person does about it. */
export function serveOutbox(routes: AdminRoutes, { outbox, clock }: Services): void {
  const named = (row: Omit<DestinationRow, 'name'>): DestinationRow => ({
    ...row,
    name: row.id === BUILT_IN.id ? BUILT_IN.name : nameOfRunning(row.id),
  });
  const states = () => outbox.destinations();
  /** @throws DESTINATION_UNKNOWN */
  const known = (destination: string) => {
    if (states().some(({ id }) => id === destination)) return;
    throw errors.DESTINATION_UNKNOWN({ destination, known: states().map(({ id }) => id) });
  };

  routes.on('get', '/outbox', 'flows.read', async (): Promise<OutboxAnswer> => {
    const destinations = (outbox.rows?.() ?? []).map(named);
    // What no destination uses is not opened for being looked at.
    const usage = destinations.length === 0 ? undefined : await outbox.usage?.();
    return { destinations, now: clock.now(), bytes: usage?.bytes ?? 0, quota: usage?.quota ?? 0 };
  });

  // Whole messages, as they would be sent: for whoever may see what the flows show.
  routes.on('get', '/outbox/dead', 'flows.read', async ({ query }): Promise<DeadLettersAnswer> => {
    const { destination, after, limit } = parseRequest(deadLettersRequest, query);
    const asked = { ...(destination !== undefined && { destination }), ...(after !== undefined && { after }) };
    // One more than is shown: whether there are more is then known.
    const letters = (await outbox.deadLetters?.({ ...asked, limit: limit + 1 })) ?? [];
    const shown = letters
      .slice(0, limit)
      .map(({ id, stream, sequence, time, refusedAt, code, reason, body, again }) => ({
        ...{ id, stream, sequence, time, refusedAt, code, reason, body, again },
      }));
    return { letters: shown, more: letters.length > limit };
  });

  routes.on('post', '/outbox', 'flows.write', async ({ body }): Promise<OutboxDone> => {
    const command = parseRequest(outboxCommand, body);
    known(command.destination);
    switch (command.do) {
      case 'pause':
      case 'resume':
        await outbox.setPaused?.(command.destination, command.do === 'pause');
        return {};
      case 'retry':
        return { letters: (await outbox.retryDead?.(command.destination, command.letters)) ?? 0 };
      case 'delete':
        return { letters: (await outbox.removeDead?.(command.destination, command.letters)) ?? 0 };
    }
  });

  routes.on('get', '/outbox/ledger', 'flows.read', (): Promise<Ledger> | undefined => outbox.ledger?.());
}
