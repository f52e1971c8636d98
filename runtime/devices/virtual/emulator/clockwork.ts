/** Runs an emulated chip as fast as the clock goes: a little at a time, and seldom while nothing is to be expected of it. */
import type { Clock, Timer } from '../../../base/index.ts';
import { standStill } from '../../limits.ts';
import { createStamps } from '../stamps.ts';

/** ms between two looks at a chip that nobody talks to and that reports nothing. */
const IDLE = 50;

export interface ClockworkOptions {
  readonly clock: Clock;
  /** Lets the chip come to this time, ms since it was switched on. */
  readonly run: (elapsed: number) => void;
  /** ms until something is to be expected of the chip. */
  readonly expected: () => number;
}

export function createClockwork({ clock, run, expected }: ClockworkOptions) {
  const stamps = createStamps(clock);
  /** ms that the chip stood still, because the thread was busy or the machine slept: whole ones. */
  let stood = 0;
  let reached = 0;
  let timer: Timer | undefined;
  let closed = false;

  const turn = () => {
    if (closed) return;
    timer?.cancel();
    stamps.follow();
    const late = Math.floor(stamps.elapsed() - stood - reached - IDLE);
    if (late > standStill.value) {
      stood += late;
      standStill.cost(late);
    }
    reached = Math.max(reached, stamps.elapsed() - stood);
    const begun = clock.monotonic();
    run(reached);
    // A chip that never sleeps, because its firmware hangs, must not take all of a processor core.
    soon(Math.max(expected(), clock.monotonic() - begun));
  };
  const soon = (delay: number) => {
    timer?.cancel();
    if (!closed) timer = clock.after(Math.max(0, Math.min(IDLE, delay)), turn);
  };

  return {
    /** Brings the chip up to now. */
    turn,
    /** Looks at it again in so many ms. */
    soon,
    /** ms since the beginning, at this time of the chip's. */
    elapsed: (chipTime: number): number => chipTime + stood,
    /** The same since the epoch. */
    stamp: (chipTime: number): number => stamps.at(chipTime + stood),
    close(): void {
      closed = true;
      timer?.cancel();
    },
  };
}
