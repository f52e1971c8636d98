/** The processor of an Arduino Uno with what is on its die, put together from avr8js, and the running of it. */
import {
  adcConfig,
  AVRADC,
  AVRClock,
  avrInstruction,
  AVRIOPort,
  AVRTWI,
  AVRUSART,
  AVRWatchdog,
  CPU,
  portBConfig,
  portCConfig,
  portDConfig,
  timer0Config,
  timer1Config,
  timer2Config,
  twiConfig,
  usart0Config,
  watchdogConfig,
} from 'avr8js';
import { createTimers } from './timers.ts';

export const HERTZ = 16_000_000;
export const CYCLES_A_MS = HERTZ / 1000;

const RAM_BYTES = 2048;
const LAST_WORD = 0x3fff;
const SLEEP = 0x9588;
const SEI = 0x9478;
const RETI = 0x9518;
/** Sleep mode control register, and its enable bit. */
const SMCR = 0x53;
const SLEEP_ENABLE = 1;

/** Whether a byte was received that nobody has taken: a bit of UCSR0A. */
const RECEIVED = 0x80;

/**
 * Keeps a byte that has just come when the firmware turns its sending on or off: avr8js forgets it at every write to the
 * control register, a real chip does not.
 */
function keepReceived(cpu: CPU, usart: AVRUSART): void {
  const { UCSRA, UCSRB } = usart0Config;
  const { RXC } = usart as unknown as { readonly RXC: Parameters<CPU['setInterruptFlag']>[0] };
  const write = cpu.writeHooks[UCSRB];
  cpu.writeHooks[UCSRB] = (...given) => {
    const waits = (cpu.data[UCSRA] ?? 0) & RECEIVED;
    const done = write?.(...given) ?? false;
    if (waits) cpu.setInterruptFlag(RXC);
    return done;
  };
}

export type Chip = ReturnType<typeof createChip>;

/**
 * A chip that has just been switched on.
 *
 * @param flash what `loadHex` gives
 * @param cycles of its clock that have passed already: a chip that its watchdog resets is put together anew
 * @param onReset its watchdog bit: it stands still from now on
 */
export function createChip(flash: Uint16Array, cycles: number, onReset: () => void) {
  const cpu = new CPU(flash, RAM_BYTES);
  // With a fraction in it the timers of the emulator would never fire.
  cpu.cycles = Math.floor(cycles);
  const ports = {
    B: new AVRIOPort(cpu, portBConfig),
    C: new AVRIOPort(cpu, portCConfig),
    D: new AVRIOPort(cpu, portDConfig),
  };
  createTimers(cpu, [timer0Config, timer1Config, timer2Config]);
  const usart = new AVRUSART(cpu, usart0Config, HERTZ);
  keepReceived(cpu, usart);
  const adc = new AVRADC(cpu, adcConfig);
  const twi = new AVRTWI(cpu, twiConfig, HERTZ);
  new AVRWatchdog(cpu, watchdogConfig, new AVRClock(cpu, HERTZ));
  const inside = cpu as unknown as {
    readonly nextClockEvent: { readonly cycles: number } | null;
    readonly nextInterrupt: number;
  };
  let asleep = false;
  let dead = false;
  cpu.reset = () => {
    dead = true;
    onReset();
  };

  /** Lets the chip sleep until something happens, or until then. */
  const sleep = (until: number) => {
    const due = inside.nextClockEvent?.cycles ?? Infinity;
    if (due > until) {
      cpu.cycles = until;
      return;
    }
    cpu.cycles = Math.max(cpu.cycles, due);
    rouse();
  };
  /** Runs what is due. An interrupt wakes the chip. */
  const rouse = () => {
    const { pc } = cpu;
    cpu.tick();
    asleep = cpu.pc === pc;
  };

  return {
    cpu,
    ports,
    usart,
    adc,
    twi,
    /** Runs until its clock has come to `until` cycles. */
    run(until: number): void {
      while (cpu.cycles < until && !dead) {
        if (asleep) {
          sleep(until);
          continue;
        }
        cpu.pc &= LAST_WORD;
        const instruction = flash[cpu.pc];
        if (instruction === SLEEP && (cpu.data[SMCR] ?? 0) & SLEEP_ENABLE) {
          // avr8js steps over it: to it, SLEEP is an instruction that does nothing.
          cpu.pc++;
          cpu.cycles++;
          rouse();
          continue;
        }
        avrInstruction(cpu);
        // The instruction after these is always carried out before an interrupt: `sei` then `sleep` cannot be parted.
        if (instruction !== SEI && instruction !== RETI) cpu.tick();
      }
    },
  };
}
