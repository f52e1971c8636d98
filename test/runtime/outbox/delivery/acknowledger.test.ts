import { expect, it } from 'vitest';
import { systemClock } from '../../../../runtime/base/index.ts';
import { createAcknowledger } from '../../../../runtime/outbox/delivery/acknowledger.ts';
import type { Sent } from '../../../../runtime/outbox/delivery/in-flight.ts';
import { deadLetters } from '../../../../runtime/outbox/limits.ts';
import type { Item } from '../../../../runtime/outbox/queue/types.ts';
import { appendAll, queueIn, readAll, temporaryDirectory, wire } from '../queue/support.ts';

const sent = (item: Item | undefined, refused = false): Sent => {
  if (!item) throw new Error('nothing to send');
  return { items: [item], refused: refused ? [{ item, code: 'NO', reason: 'no' }] : [], done: true };
};

it('moves over no refused message that could not be laid aside, though later ones are acknowledged', async () => {
  const directory = await temporaryDirectory();
  const queue = await queueIn(directory);
  await appendAll(queue, ['first'], { destination: 'other' });
  const [old] = await readAll(queue.reader('other', 'live'));
  if (!old) throw new Error('nothing was appended');
  // As many as there may be.
  const refused = Array.from({ length: deadLetters.value }, () => ({ item: old, code: 'NO', reason: 'no' }));
  await queue.acknowledge('other', 'live', { before: old.next, reached: new Map(), gaps: [], letters: [], refused });

  await appendAll(queue, ['refused', 'taken']);
  const items = await readAll(queue.reader('cloud', 'live'));
  const stopping = new AbortController();
  const told = { failed: () => undefined, written: () => undefined };
  const here = { destination: 'cloud', lane: 'live', queue, clock: systemClock, signal: stopping.signal } as const;
  const acknowledger = createAcknowledger({ ...here, ...told });
  acknowledger.add([sent(items[0], true)]);
  acknowledger.add([sent(items[1])]);
  await queue.flush();
  expect(acknowledger.stuck).toBe(true);
  stopping.abort();
  await acknowledger.idle();
  await queue.close();

  const again = await queueIn(directory);
  expect(wire(await readAll(again.reader('cloud', 'live')))).toEqual(['refused', 'taken']);
});
