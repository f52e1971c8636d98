import type { Clock, Timer } from '../../../base/index.ts';
import type { Component } from './reader.ts';

/** ms until something that does not answer is asked again, at the most. */
const AGAIN = 1000;
/** Times that it may fail to answer before that is told. */
const CHANCES = 3;

export interface Paced {
  /** @returns false if nothing answered */
  read(): Promise<boolean>;
  silent(): void;
}

/** Reads at a steady pace, one reading after the other. What stops answering is told of once, and asked again for ever. */
export function paced(clock: Clock, period: number, { read, silent }: Paced): Component {
  let awake = false;
  let timer: Timer | undefined;
  let due = 0;
  /** Readings without an answer in a row. One that never answered has no chances to lose. */
  let failures = CHANCES - 1;
  /** It is being read: one that was woken meanwhile goes on from there, and is never read twice at once. */
  let reading = false;

  const turn = async () => {
    reading = true;
    const answered = await read().catch(() => false);
    reading = false;
    if (!awake) return;
    failures = answered ? 0 : failures + 1;
    if (failures === CHANCES) silent();
    const now = clock.monotonic();
    due = Math.max(due + period, now);
    const wait = answered ? due - now : Math.min(AGAIN, Math.max(0, due - now) || period);
    timer = clock.after(wait, () => void turn());
  };

  return {
    wake() {
      if (awake) return;
      awake = true;
      failures = CHANCES - 1;
      due = clock.monotonic();
      if (!reading) void turn();
    },
    rest() {
      awake = false;
      timer?.cancel();
    },
  };
}
