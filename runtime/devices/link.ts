import { asMillraceError, type Clock, counter, type MillraceError, type Timer } from '../base/index.ts';
import { startWorker, type WorkerHandle } from '../workers/index.ts';
import { errors } from './errors.ts';
import type { PinAbility, SessionEvent, SessionMethods } from './session/protocol.ts';
import type { BoardSettings } from './settings.ts';

const FIRST_RETRY = 500;
const LONGEST_RETRY = 30_000;
const losses = counter('millrace_board_losses_total', 'Times that a board stopped answering');

export type Session = WorkerHandle<SessionMethods>;

export interface LinkOptions {
  readonly name: string;
  readonly settings: BoardSettings;
  readonly clock: Clock;
  readonly worker: URL;
  readonly onEvent: (event: SessionEvent) => void;
  /** The board answers again, after it was lost. */
  readonly onBack: (session: Session) => Promise<void>;
  readonly onLost: (error: MillraceError) => void;
}

export interface Link {
  readonly pins: readonly PinAbility[];
  /** The worker that answers now; `undefined` while the board is lost. */
  session(): Session | undefined;
  close(): Promise<void>;
}

/**
 * Keeps a board's worker running: one that ends is started anew, at growing intervals.
 *
 * @throws BOARD_LOST if the first start fails
 */
export async function openLink({ name, settings, clock, worker, onEvent, onBack, onLost }: LinkOptions): Promise<Link> {
  let session: Session | undefined;
  let retry: Timer | undefined;
  let delay = FIRST_RETRY;
  let closed = false;
  let generation = 0;

  const start = async () => {
    const mine = ++generation;
    const started = await startWorker<SessionMethods, SessionEvent>(worker, {
      name: `board ${name}`,
      data: settings,
      onEvent: (event) => {
        if (mine === generation && !closed) onEvent(event);
      },
      onStopped: (error) => {
        if (mine === generation) lose(error);
      },
    });
    const pins = await started.call('connect');
    return { started, pins };
  };

  const lose = (cause: MillraceError) => {
    if (closed || !session) return;
    session = undefined;
    losses.add();
    onLost(errors.BOARD_LOST({ board: name, reason: cause.message }, { cause }));
    again();
  };

  const again = () => {
    retry?.cancel();
    retry = clock.after(delay, () => void restart());
    delay = Math.min(LONGEST_RETRY, delay * 2);
  };

  const restart = async () => {
    try {
      const { started } = await start();
      if (closed) return await started.close();
      session = started;
      await onBack(started);
      // Only a board that stays for a while is trusted again.
      clock.after(LONGEST_RETRY, () => (delay = session === started ? FIRST_RETRY : delay));
    } catch {
      if (!closed && !session) again();
    }
  };

  const first = await start().catch((thrown: unknown) => {
    throw errors.BOARD_LOST({ board: name, reason: asMillraceError(thrown).message }, { cause: thrown });
  });
  session = first.started;

  return {
    pins: first.pins,
    session: () => session,
    async close() {
      closed = true;
      retry?.cancel();
      const open = session;
      session = undefined;
      await open?.close();
    },
  };
}
