import type { BuiltInTarget } from '../schema.ts';
import { acquireBroker } from './shared-broker.ts';
import type { Connection, Sender } from './sender.ts';
import { topicOf } from './topic.ts';

/**
 * Subscribers of a broker that has just started are still to connect: Node-RED's `mqtt in` tries every 15 s. What they
 * would miss meanwhile waits for them, but no longer than this, ms.
 */
const GRACE = 20_000;

/** Messages of one send: they are handed over one after the other, so that they keep their order. */
const BATCH = 100;

/**
 * The built-in broker stands in for the cloud: it runs in this process, on 127.0.0.1, and needs no account. Like every
 * broker it hands a message to those who have subscribed; it keeps nothing on disk.
 */
export const connectBuiltInBroker: Sender<BuiltInTarget> = async ({ port, topic }, { gateway, clock }) => {
  const { broker, release } = await acquireBroker(port);
  const over = new AbortController();
  const closed = new Promise<void>((resolve) => over.signal.addEventListener('abort', () => resolve()));
  const grace = new Promise<void>((resolve) => {
    const timer = clock.after(GRACE, resolve);
    void Promise.race([broker.audience, closed]).then(() => timer.cancel());
  });
  const listened = Promise.race([broker.audience, grace, closed]);

  const connection: Connection = {
    most: { messages: BATCH, bytes: Infinity },
    window: 1,
    async send({ messages }) {
      await listened;
      for (const { stream, body } of messages) {
        over.signal.throwIfAborted();
        await clock.hold(broker.publish(topicOf(topic, { stream, gateway }), body));
      }
    },
    async close() {
      over.abort();
      await release();
    },
  };
  return connection;
};
