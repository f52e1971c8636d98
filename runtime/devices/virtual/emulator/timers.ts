import { AVRTimer, type CPU } from 'avr8js';

/** What a timer keeps to itself, and what is needed to know when it next does anything. */
interface Inside {
  readonly count: (reschedule?: boolean) => void;
  readonly divider: number;
  readonly lastCycle: number;
  readonly tcnt: number;
  readonly ocrA: number;
  readonly ocrB: number;
  readonly TOP: number;
  readonly timerMode: number;
}
type Config = ConstructorParameters<typeof AVRTimer>[1];

/** Modes that count up and begin anew; the others count up and down. */
const UPWARDS = new Set([0, 2, 3]);

/**
 * Makes timers that wake the emulator only when something happens. As they come, they wake it at every count: of a timer at
 * 2 MHz that would be most of what a processor core can do.
 */
export function createTimers(cpu: CPU, configs: readonly Config[]): void {
  const waits = new Map<unknown, (cycles: number) => number>();
  const add = cpu.addClockEvent.bind(cpu);
  cpu.addClockEvent = (callback, cycles) => add(callback, waits.get(callback)?.(cycles) ?? cycles);

  for (const config of configs) {
    const timer = new AVRTimer(cpu, config) as unknown as Inside;
    const { count } = timer;

    /** Counts until a comparison matches or the counter begins anew. */
    const counts = (): number => {
      const period = timer.TOP + 1;
      // Nobody asks for interrupts of those that count up and down: what they did is made up for once a period.
      if (!UPWARDS.has(timer.timerMode)) return period;
      const until = (value: number) => (value > timer.tcnt ? value - timer.tcnt : Infinity);
      return Math.min(until(period), until(timer.ocrA), until(timer.ocrB));
    };
    // What is to happen at once (a register was written) stays at once.
    waits.set(count, (cycles) => (cycles <= 0 ? cycles : cycles + (counts() - 1) * timer.divider));

    for (const register of [config.OCRA, config.OCRB]) {
      const write = cpu.writeHooks[register];
      cpu.writeHooks[register] = (...given) => {
        // What was due by the old comparison comes first.
        count(false);
        const done = write?.(...given) ?? false;
        if (timer.divider > 0 && cpu.clearClockEvent(count)) {
          cpu.addClockEvent(count, timer.lastCycle + timer.divider - cpu.cycles);
        }
        return done;
      };
    }
  }
}
