/** Sends a batch as JSON lines over TCP. The receiver answers each with a line: `ok NAME`, or `no NAME: WHY`. */
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { errors } from '../../../runtime/outbox/errors.ts';
import type { LinesTarget } from './schema.ts';
import { type Batch, type Connection, MessagesRefused, type Sender } from '../../../runtime/outbox/senders/sender.ts';

export const connectLines: Sender<LinesTarget> = async ({ host, port }, { clock, signal, lost }) => {
  const address = `${host}:${port}`;
  const socket = connect({ host, port, signal });
  // It repeats the socket's errors.
  const answers = createInterface({ input: socket }).on('error', () => undefined);

  // Rejects when the connection breaks; an error comes before the close that follows it.
  const broken = new Promise<never>((_, reject) => {
    const tell = (reason: string) => reject(errors.DESTINATION_UNREACHABLE({ address, reason }));
    socket.on('error', (error) => tell(error.message));
    socket.on('close', () => tell('the connection was closed'));
  });
  await clock.hold(Promise.race([once(socket, 'connect'), broken]));
  broken.catch(lost);

  const send = async ({ name, messages }: Batch) => {
    const answered = once(answers, 'line');
    socket.write(`${name} ${messages.length}\n${messages.map(({ body }) => `${body}\n`).join('')}`);
    const [answer] = (await Promise.race([answered, broken])) as [string];
    if (answer === `ok ${name}`) return;
    throw new MessagesRefused(errors.MESSAGE_REFUSED({ address, reason: answer }));
  };

  const connection: Connection = {
    most: { messages: 500, bytes: 1_000_000 },
    window: 1,
    send: (batch) => clock.hold(send(batch)),
    close() {
      socket.destroy();
      return Promise.resolve();
    },
  };
  return connection;
};
