import { asMillraceError, type Clock, counter, type MillraceError, type Timer } from '../base/index.ts';
import { startWorker, type WorkerHandle, type WorkerThread } from '../workers/index.ts';
import { errors } from './errors.ts';
import type { Connected, LineEvent, SessionEvent, SessionMethods } from './session/protocol.ts';
import type { BoardSettings } from './settings.ts';
import { boardOnly } from './wires/flood.ts';
import { watchWorker } from './watch-worker.ts';
import type { Wire, WirePlace } from './wires/wire.ts';
import { within } from './within.ts';

const FIRST_RETRY = 250;
const LONGEST_RETRY = 30_000;
/** ms that whoever opens a board waits for it: an Arduino restarts when its port is opened, and takes up to two seconds. */
const FIRST_WAIT = 3000;
/** ms that a worker gets to say the last things to its board. */
const LAST_WORDS = 1000;
/** ms in which a worker's file is loaded. What takes longer hangs: it is ended, and started anew. */
const LOADING = 30_000;
/** What does not mend itself while one waits. */
const LASTING = ['PORT_NONE_CHOSEN', 'ADDRESS_NONE_GIVEN', 'SERIAL_UNAVAILABLE'];
const losses = counter('millrace_board_losses_total', 'Times that a board stopped answering');

const garbled = counter('millrace_board_garbled_bytes_total', 'Bytes from boards that were part of no Firmata message');

export type Session = WorkerHandle<SessionMethods>;

export interface LinkOptions {
  readonly name: string;
  readonly settings: BoardSettings;
  readonly clock: Clock;
  readonly worker: URL;
  readonly thread: WorkerThread;
  /** Where real hardware is plugged in. Without it a twin is in the worker. */
  readonly place?: WirePlace | undefined;
  readonly onEvent: (event: SessionEvent) => void;
  /** The board answers: for the first time, or again. Where this rejects, the board counts as lost once more. */
  readonly onUp: (session: Session, connected: Connected) => Promise<void>;
  /** The board does not answer, or still does not but for another reason. */
  readonly onLost: (error: MillraceError) => void;
}

export interface Link {
  /**
   * Resolves when the board answers, or when it is clear that real hardware has to be waited for.
   *
   * @throws BOARD_LOST if a virtual board does not start; PORT_NONE_CHOSEN, ADDRESS_NONE_GIVEN, SERIAL_UNAVAILABLE
   */
  readonly first: Promise<void>;
  /** Whoever waits for the board's first answer is to wait no longer. */
  hurry(): void;
  /** The worker that answers now; `undefined` while the board is lost. */
  session(): Session | undefined;
  /** Why the board does not answer; `undefined` while it does, and while it is connected for the first time. */
  problem(): MillraceError | undefined;
  /** It is being connected for the first time: nothing is known against it yet. */
  connecting(): boolean;
  close(): Promise<void>;
}

/** What runs for one connection: it ends as a whole. */
interface Up {
  readonly session: Session;
  readonly connected: Connected;
  end(): Promise<void>;
}

/**
 * Keeps a board connected: its wire, if it is real, and the worker that speaks with it. Whatever breaks is ended as a whole
 * and started anew, at growing intervals, or as soon as a port that was missing is there.
 */
export function openLink(options: LinkOptions): Link {
  const { name, settings, clock, worker, thread, place, onEvent, onUp, onLost } = options;
  const abort = new AbortController();
  let up: Up | undefined;
  let problem: MillraceError | undefined;
  let connecting = true;
  let retry: Timer | undefined;
  let trust: Timer | undefined;
  let unwatch: (() => void) | undefined;
  let delay = FIRST_RETRY;
  let closed = false;
  let closing: Promise<void> | undefined;
  /** What comes from a connection that is over is dropped, also what was under way. */
  let generation = 0;
  /** The end of the connection before, and the attempt that runs. */
  let ending: Promise<unknown> = Promise.resolve();
  let attempt: Promise<unknown> = Promise.resolve();
  let abandon: () => void = () => undefined;

  const start = async (): Promise<Up> => {
    await ending;
    const mine = ++generation;
    const current = () => mine === generation && !closed;
    const early: (readonly [Uint8Array, number])[] = [];
    let session: Session | undefined;
    let wire: Wire | undefined;
    let broken: MillraceError | undefined;
    let over: Promise<void> | undefined;
    let watch: Pick<Timer, 'cancel'> | undefined;
    const loading = new AbortController();
    const give = (bytes: Uint8Array, time: number) => void session?.call('receive', bytes, time).catch(() => undefined);
    const end = () => (over ??= endAll());
    const endAll = async () => {
      watch?.cancel();
      // Once closed a worker says no more: what its board is still to hear is said before.
      if (session && !broken) await within(clock, LAST_WORDS, session.call('close'));
      await session?.close();
      await wire?.close();
    };
    const breakOff = (error: MillraceError) => {
      if (broken) return;
      broken = error;
      loading.abort();
      lose(mine, error);
      // A call that waits for an answer must not wait for ever.
      if (session) void end();
      // Nor is what nobody reads to go on coming until the worker has started.
      else void wire?.close();
    };
    const hung = (seconds: number) =>
      breakOff(errors.BOARD_LOST({ board: name, reason: `its worker has hung for ${seconds} s` }));
    const hangs = () => {
      const seconds = LOADING / 1000;
      breakOff(errors.BOARD_LOST({ board: name, reason: `its worker was not ready within ${seconds} s` }));
    };
    abandon = () => breakOff(errors.BOARD_CLOSED({ board: name }));

    const listener = {
      bytes: (bytes: Uint8Array, time: number) => {
        if (!current()) return;
        if (session) give(bytes, time);
        else early.push([bytes, time]);
      },
      lost: breakOff,
    };
    const heard = boardOnly(listener, name, clock);
    try {
      wire = await place?.open(heard, abort.signal);
      if (broken || closed) throw errors.BOARD_CLOSED({ board: name });
      // In this thread it cannot hang by itself.
      if (thread === 'own') watch = clock.after(LOADING, hangs);
      const started = await startWorker<SessionMethods, SessionEvent | LineEvent>(worker, {
        name: `board ${name}`,
        data: settings,
        thread,
        signal: loading.signal,
        onEvent(event) {
          if (event.kind === 'wire') return wire?.write(event.bytes);
          if (event.kind === 'garbled') return garbled.add(event.bytes);
          if (!current()) return;
          if (event.kind === 'restarted') {
            return breakOff(errors.BOARD_LOST({ board: name, reason: 'it was reset, and starts anew' }));
          }
          if (event.kind === 'silent') return breakOff(errors.BOARD_SILENT({ board: name, seconds: event.seconds }));
          onEvent(event);
        },
        onStopped: breakOff,
      });
      session = started;
      watch?.cancel();
      if (thread === 'own') watch = watchWorker(started, clock, hung);
      for (const [bytes, time] of early.splice(0)) give(bytes, time);
      if (broken || closed) throw errors.BOARD_CLOSED({ board: name });
      return { session, connected: await started.call('connect'), end };
    } catch (thrown) {
      const cause = broken ?? asMillraceError(thrown);
      // Its thread would live on, and one more with each retry.
      broken ??= cause;
      await end();
      throw cause;
    }
  };

  const lose = (mine: number, cause: MillraceError) => {
    if (closed || !up || mine !== generation) return;
    const lost = up;
    up = undefined;
    generation++;
    trust?.cancel();
    losses.add();
    connecting = false;
    problem =
      cause.code === 'BOARD_LOST' ? cause : errors.BOARD_LOST({ board: name, reason: cause.message }, { cause });
    onLost(problem);
    ending = lost.end();
    again();
  };

  /** Tries again later, or when what was missing is there. */
  const again = () => {
    retry?.cancel();
    retry = clock.after(delay, connect);
    delay = Math.min(LONGEST_RETRY, delay * 2);
    unwatch ??= place?.appears?.(() => {
      endWatch();
      // It may take a moment until this user may open it: what fails is soon tried again.
      delay = FIRST_RETRY;
      retry?.cancel();
      retry = clock.after(0, connect);
    });
  };
  const endWatch = () => {
    unwatch?.();
    unwatch = undefined;
  };

  const connect = () => {
    retry?.cancel();
    endWatch();
    attempt = attempting();
  };
  const attempting = async (): Promise<void> => {
    let started: Up;
    try {
      started = await start();
    } catch (thrown) {
      if (!closed) missed(asMillraceError(thrown));
      return;
    }
    if (closed) return started.end();
    const mine = generation;
    up = started;
    try {
      await onUp(started.session, started.connected);
    } catch (thrown) {
      // One that ended meanwhile has been missed already. One that cannot be set up is of no use as it is.
      return lose(mine, asMillraceError(thrown));
    }
    if (up !== started) return;
    problem = undefined;
    connecting = false;
    settle();
    // Only a board that stays for a while is trusted again.
    if (delay > FIRST_RETRY) trust = clock.after(LONGEST_RETRY, () => (delay = FIRST_RETRY));
  };

  /** An attempt that came to nothing. */
  const missed = (error: MillraceError) => {
    const before = problem;
    connecting = false;
    problem = place ? error : errors.BOARD_LOST({ board: name, reason: error.message }, { cause: error });
    if (!settled && (!place || LASTING.includes(error.code))) {
      settle(problem);
      return void close();
    }
    if (before?.code !== problem.code) onLost(problem);
    settle();
    again();
  };

  let settled = false;
  let settle: (error?: MillraceError) => void = () => undefined;
  const first = new Promise<void>((resolve, reject) => {
    const patience = place && clock.after(FIRST_WAIT, resolve);
    settle = (error) => {
      if (settled) return;
      settled = true;
      patience?.cancel();
      if (error) reject(error);
      else resolve();
    };
  });

  const close = async () => {
    closed = true;
    abort.abort();
    retry?.cancel();
    trust?.cancel();
    endWatch();
    settle(errors.BOARD_CLOSED({ board: name }));
    const open = up;
    up = undefined;
    if (!open) abandon();
    await Promise.all([open?.end(), attempt, ending]);
  };

  connect();
  return {
    first,
    hurry() {
      if (place) settle();
    },
    session: () => up?.session,
    problem: () => problem,
    connecting: () => connecting,
    close: () => (closing ??= close()),
  };
}
