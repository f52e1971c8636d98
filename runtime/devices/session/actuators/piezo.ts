import type { Timer } from '../../../base/index.ts';
import { type MakeDriver, modes } from './driver.ts';

/**
 * Tones that the computer makes, one command for each half wave, as Johnny-Five does: firmware has no command for it. The
 * thread has no rest while it sounds. Johnny-Five's own takes `A4` for pin 4, and plays on after it was told to stop.
 */
export const piezo: MakeDriver = (around, { pins }) => {
  const { board, clock, index } = around;
  const [pin = ''] = pins;
  let ending: Timer | undefined;
  let run = 0;

  const write = (level: 0 | 1) => board.io.digitalWrite(index(pin), level);
  /** Swings until another tone begins. */
  const swing = (hertz: number, mine: number) => {
    const half = 500 / hertz;
    let due = clock.monotonic();
    let level: 0 | 1 = 0;
    const turn = () => {
      if (mine !== run) return;
      const now = clock.monotonic();
      if (now >= due) {
        level = level === 1 ? 0 : 1;
        write(level);
        // Half waves that were missed are not made up for: they would sound higher.
        due = Math.max(due + half, now);
      }
      setImmediate(turn);
    };
    turn();
  };
  const play = (notes: readonly number[]) => {
    ending?.cancel();
    const mine = ++run;
    const [hertz = 0, length, ...rest] = notes;
    if (length === undefined) return write(0);
    if (hertz > 0) swing(hertz, mine);
    else write(0);
    ending = clock.after(length, () => play(rest));
  };

  return {
    take: () => modes(around, pins, board.io.MODES.OUTPUT),
    set: (value) => play(typeof value === 'object' ? value : []),
    leave: () => {
      ending?.cancel();
      run++;
    },
  };
};
