import { asMillraceError, type MillraceError } from '../../base/index.ts';
import { errors } from '../errors.ts';
import type { RecordedMessage, Replay, ReplayOptions, ReplayState } from '../types.ts';
import { createLateness } from './lateness.ts';
import { createPace, type Pace } from './pace.ts';
import { readAhead } from './read-ahead.ts';
import { createShift } from './shift-times.ts';

const AHEAD = 256;
/** ms between the rounds of a recording with one message. */
const LONE = 1000;

/** One playing, from start to stop. */
interface Run {
  stopped: boolean;
  paused: boolean;
  /** Messages to send although it is paused. */
  steps: number;
  wake: (() => void) | undefined;
  /** ms since the epoch: what the start of this round became. */
  begin: number;
  readonly pace: Pace;
  readonly done: Promise<void>;
}

/**
 * Plays a recording: in real time, by a factor, as fast as the receiver takes it, or step by step. Messages leave one after
 * the other in their order, each after the `send` of the one before has returned.
 *
 * @throws RECORDING_REPLAY_SPEED
 */
export function createReplay(options: ReplayOptions): Replay {
  const { recording, clock, speed, loop = false, times = 'shift', send, room, changed } = options;
  const lateness = createLateness();
  let phase: ReplayState['phase'] = 'waiting';
  let messages = 0;
  let at = 0;
  let rounds = 0;
  let error: MillraceError | undefined;
  let run: Run | undefined;
  createPace(speed, clock, room);

  const state = (): ReplayState => ({
    ...{ phase, messages, at, rounds, lateness: lateness.summary() },
    ...(error !== undefined && { error }),
  });
  const become = (next: ReplayState['phase']) => {
    phase = next;
    changed?.(state());
  };

  const mayGo = async (mine: Run, due: number): Promise<boolean> => {
    for (;;) {
      if (mine.stopped) return false;
      if (mine.steps > 0) {
        mine.steps--;
        return true;
      }
      if (!mine.paused) {
        const turn = await mine.pace.turn(due);
        if (turn) {
          if (turn.late !== undefined) lateness.note(turn.late);
          return true;
        }
        continue;
      }
      await new Promise<void>((resolve) => (mine.wake = resolve));
      mine.wake = undefined;
    }
  };

  /**
   * @param length ms that the round before took, 0 for the first
   * @returns ms that the round takes, the gap to the next included
   */
  const round = async (mine: Run, length: number): Promise<number> => {
    const ahead = readAhead(recording.messages(), AHEAD, clock);
    let first: number | undefined;
    [messages, at] = [0, 0];
    try {
      let next = await ahead.next();
      // Only now, so that the first message is not late by the time that it takes to open a file.
      mine.pace.begin(length);
      mine.begin = beginOf(mine.begin, length);
      const shift = times === 'shift' ? createShift(mine.begin) : ({ message }: RecordedMessage) => message;
      for (; !next.done; next = await ahead.next()) {
        if (!(await mayGo(mine, next.value.at))) return 0;
        first ??= next.value.at;
        ({ at } = next.value);
        messages++;
        send(shift(next.value));
      }
    } finally {
      await clock.hold(ahead.close());
    }
    return at + (messages > 1 ? Math.max(1, (at - (first ?? 0)) / (messages - 1)) : LONE);
  };

  /** What the start of a round becomes. A fast replay is ahead of the clock: its next round must not go back in time. */
  const beginOf = (before: number, length: number): number => {
    if (length === 0) return clock.now();
    return typeof speed === 'number' ? before + length : Math.max(before + length, clock.now());
  };

  const play = async (mine: Run): Promise<void> => {
    let length = 0;
    try {
      do {
        if (mine.stopped) return;
        length = await round(mine, length);
        if (mine.stopped) return;
        if (loop) rounds++;
      } while (loop);
      if (run === mine) become('ended');
    } catch (thrown) {
      if (run !== mine || mine.stopped) return;
      error = asMillraceError(thrown);
      become('failed');
    }
  };

  const stop = () => {
    if (!run) return;
    run.stopped = true;
    run.steps = 0;
    run.pace.interrupt();
    run.wake?.();
  };

  const begin = (paused: boolean) => {
    stop();
    const before = run?.done ?? Promise.resolve();
    [messages, at, rounds, error] = [0, 0, 0, undefined];
    lateness.reset();
    const mine: Run = {
      ...{ stopped: false, paused, steps: 0, wake: undefined, begin: 0, pace: createPace(speed, clock, room) },
      // One at a time: the one before has stopped, and may still be letting go of its file.
      done: before.then(() => play(mine)),
    };
    run = mine;
    become(paused ? 'paused' : 'playing');
  };

  const isRunning = () => phase === 'playing' || phase === 'paused';
  return {
    get state() {
      return state();
    },
    start() {
      if (run && phase === 'paused' && speed !== 'step') {
        run.paused = false;
        run.pace.resume(at);
        run.wake?.();
        become('playing');
      } else {
        begin(speed === 'step');
      }
    },
    pause() {
      if (!run || phase !== 'playing') return;
      run.paused = true;
      run.pace.pause();
      become('paused');
    },
    step(count = 1) {
      if (!isRunning()) begin(true);
      if (!run) return;
      if (phase === 'playing') {
        run.paused = true;
        run.pace.pause();
        become('paused');
      }
      run.steps += count;
      run.wake?.();
    },
    stop() {
      stop();
      [messages, at, rounds] = [0, 0, 0];
      become('waiting');
    },
    control(command) {
      switch (command) {
        case 'start':
          return this.start();
        case 'pause':
          return this.pause();
        case 'step':
          return this.step();
        case 'stop':
          return this.stop();
        default:
          throw errors.RECORDING_REPLAY_COMMAND({ command: String(JSON.stringify(command)).slice(0, 40) });
      }
    },
    recording,
    finished: () => run?.done ?? Promise.resolve(),
    async close() {
      stop();
      await run?.done;
    },
  };
}
