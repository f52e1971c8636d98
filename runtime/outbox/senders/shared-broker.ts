import { type Broker, startBroker } from './broker.ts';

interface Shared {
  readonly started: Promise<Broker>;
  users: number;
}

/** One broker a port and process: several targets may name the same. */
const brokers = new Map<number, Shared>();

/** A broker that is being closed: its port is free when this resolves. */
const closing = new Map<number, Promise<void>>();

/**
 * The broker of this port, started if nobody uses it yet. Each `acquireBroker` is answered by one `release`; the last
 * one closes the port.
 */
export async function acquireBroker(port: number): Promise<{ broker: Broker; release(): Promise<void> }> {
  await closing.get(port);
  const shared = brokers.get(port) ?? { started: startBroker(port), users: 0 };
  brokers.set(port, shared);
  shared.users += 1;
  const leave = () => {
    shared.users -= 1;
    if (shared.users === 0) brokers.delete(port);
    return shared.users === 0;
  };
  const broker = await shared.started.catch((error: unknown) => {
    leave();
    throw error;
  });
  return {
    broker,
    async release() {
      if (!leave()) return;
      const closed = broker.close();
      closing.set(port, closed);
      await closed.finally(() => closing.delete(port));
    },
  };
}
