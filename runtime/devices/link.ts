import { asMillraceError, type Clock, counter, type MillraceError, type Timer } from '../base/index.ts';
import { startWorker, type WorkerHandle, type WorkerThread } from '../workers/index.ts';
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
  readonly thread: WorkerThread;
  readonly onEvent: (event: SessionEvent) => void;
  /** The board answers again, after it was lost. Where this rejects, the board counts as lost once more. */
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
 * Keeps a board's worker running: one that ends, or cannot be set up again, is started anew, at growing intervals.
 *
 * @throws BOARD_LOST if the first start fails
 */
export async function openLink(options: LinkOptions): Promise<Link> {
  const { name, settings, clock, worker, thread, onEvent, onBack, onLost } = options;
  let session: Session | undefined;
  let retry: Timer | undefined;
  let trust: Timer | undefined;
  let delay = FIRST_RETRY;
  let closed = false;
  let generation = 0;

  const start = async () => {
    const mine = ++generation;
    const started = await startWorker<SessionMethods, SessionEvent>(worker, {
      name: `board ${name}`,
      data: settings,
      thread,
      onEvent: (event) => {
        if (mine === generation && !closed) onEvent(event);
      },
      onStopped: (error) => {
        if (mine === generation) lose(error);
      },
    });
    try {
      return { started, pins: await started.call('connect') };
    } catch (thrown) {
      // Its thread would live on, and one more with each retry.
      await started.close();
      throw thrown;
    }
  };

  const lose = (cause: MillraceError) => {
    if (closed || !session) return;
    session = undefined;
    trust?.cancel();
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
    const answer = await start().catch(() => undefined);
    if (closed) return await answer?.started.close();
    if (!answer) return again();
    const { started } = answer;
    session = started;
    try {
      await onBack(started);
      if (session !== started) return;
      // Only a board that stays for a while is trusted again.
      trust = clock.after(LONGEST_RETRY, () => (delay = FIRST_RETRY));
    } catch (thrown) {
      // One that ended meanwhile has been missed already. One that cannot be set up again is of no use as it is.
      if (session !== started) return;
      lose(asMillraceError(thrown));
      await started.close();
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
      trust?.cancel();
      const open = session;
      session = undefined;
      await open?.close();
    },
  };
}
