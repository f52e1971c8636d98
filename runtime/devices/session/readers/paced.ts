import type { Clock, Timer } from '../../../base/index.ts';
import type { Fault } from '../protocol.ts';
import type { Component } from './reader.ts';

/** ms until something that does not answer is asked again, at the most. */
const AGAIN = 1000;
/** Times that it may fail before that is told. */
const CHANCES = 3;

export interface Paced {
  /** @returns what was wrong; `undefined`: it was read */
  read(): Promise<Fault | undefined>;
  silent(fault: Fault): void;
}

const NOTHING: Fault = { what: 'nothing' };

/**
 * Reads at a steady pace, one reading after the other. What stops answering, or gives nothing, is told of once, and asked
 * again for ever.
 */
export function paced(clock: Clock, period: number, { read, silent }: Paced): Component {
  let awake = false;
  let timer: Timer | undefined;
  let due = 0;
  /** Failures in a row. */
  let failures = 0;
  let answered = false;
  /** The fault that was told. */
  let told: string | undefined;

  const fail = (fault: Fault) => {
    failures++;
    // One that never answered has no chances to lose, nor has another chip. One that has not measured yet has.
    const chances = fault.what === 'empty' || (fault.what === 'nothing' && answered) ? CHANCES : 1;
    const key = JSON.stringify(fault);
    if (failures < chances || key === told) return;
    told = key;
    silent(fault);
  };
  /** It is being read: one that was woken meanwhile goes on from there, and is never read twice at once. */
  let reading = false;

  const turn = async () => {
    reading = true;
    const fault = await read().catch(() => NOTHING);
    reading = false;
    if (!awake) return;
    if (fault) fail(fault);
    else {
      failures = 0;
      answered = true;
      told = undefined;
    }
    const steady = !fault || fault.what === 'empty';
    const now = clock.monotonic();
    due = Math.max(due + period, now);
    const wait = steady ? due - now : Math.min(AGAIN, Math.max(0, due - now) || period);
    timer = clock.after(wait, () => void turn());
  };

  return {
    wake() {
      // Whoever came to it just now has not heard what is wrong.
      told = undefined;
      if (awake) return;
      awake = true;
      failures = 0;
      answered = false;
      due = clock.monotonic();
      if (!reading) void turn();
    },
    rest() {
      awake = false;
      timer?.cancel();
    },
  };
}
