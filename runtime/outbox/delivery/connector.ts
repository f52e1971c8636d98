import type { Clock, MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { Target } from '../schema.ts';
import { addressOf, type Batch, type Connection, type Sender } from '../senders/index.ts';
import { started } from './started.ts';

/** An attempt to connect that has come to nothing after so long is given up, ms: senders give up sooner. */
const CONNECT_TIMEOUT = 120_000;

/** How long a connection may take to close, ms. */
const CLOSE_TIMEOUT = 5_000;

interface ConnectorOptions {
  readonly destination: string;
  readonly target: Target;
  readonly gateway: string;
  readonly userDir: string;
  readonly clock: Clock;
  readonly connect: Sender<Target>;
  readonly signal: AbortSignal;
  /** A sender has something to say that keeps nothing from being sent. */
  warn?(warning: MillraceError, destination: string): void;
}

/** What a session hears of its connection. */
interface Session {
  lost(error: MillraceError): void;
  wire(batch: Batch, bytes: number): void;
}

/** Opens and closes connections. Nothing that a sender does may end the process, or keep us for ever. */
export function createConnector({ connect, signal, ...options }: ConnectorOptions) {
  const { destination, target, gateway, userDir, clock } = options;
  const address = addressOf(target);

  const close = async (connection: Connection) => {
    let timer: { cancel(): void } | undefined;
    const enough = new Promise<void>((resolve) => (timer = clock.after(CLOSE_TIMEOUT, resolve)));
    await Promise.race([started(() => connection.close()).catch(() => undefined), enough]);
    timer?.cancel();
  };

  return {
    address,
    /** @throws what the sender throws; DESTINATION_UNREACHABLE if it does not answer or the delivery is stopped */
    async open({ lost, wire }: Session): Promise<Connection> {
      const given = new AbortController();
      const warn = (warning: MillraceError) => options.warn?.(warning, destination);
      const context = { gateway, destination, userDir, clock, signal: given.signal, lost, wire, warn };
      const connecting = started(() => connect(target, context));
      let late = false;
      connecting.then(
        (connection) => late && void close(connection),
        () => undefined,
      );
      return await new Promise<Connection>((resolve, reject) => {
        const giveUp = (reason: string) => {
          late = true;
          given.abort();
          reject(errors.DESTINATION_UNREACHABLE({ address, reason }));
        };
        const stopped = () => giveUp('given up');
        const timer = clock.after(CONNECT_TIMEOUT, () => giveUp('no answer'));
        const over = () => {
          timer.cancel();
          signal.removeEventListener('abort', stopped);
        };
        if (signal.aborted) stopped();
        signal.addEventListener('abort', stopped);
        clock.hold(connecting).finally(over).then(resolve, reject);
      });
    },
    close,
  };
}
