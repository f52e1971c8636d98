/** What the pins of the chip do, measured at the pins: levels, duties and pulses. */
import { type CPU, timer0Config, timer2Config } from 'avr8js';
import { MODE } from '../protocol.ts';
import type { TwinOptions } from '../twin.ts';
import { UNO } from '../uno.ts';
import { type Chip, CYCLES_A_MS } from './chip.ts';

/** Where the timers keep the duty of the pins whose PWM they make. */
const COMPARE: ReadonlyMap<number, number> = new Map([
  [6, timer0Config.OCRA],
  [5, timer0Config.OCRB],
  [11, timer2Config.OCRA],
  [3, timer2Config.OCRB],
]);
const CYCLES_A_MICROSECOND = CYCLES_A_MS / 1000;
/** A pin that fades has an edge at least this often: without one its level is constant. */
const STILL = 4 * CYCLES_A_MS;
/** µs: how much two pulses of one command may differ. */
const SHAKE = 2;

interface Output {
  mode: number;
  value: number;
  level: 0 | 1;
  /** The cycles of its last two edges upwards and the last one downwards. */
  up: number;
  down: number;
  /** A duty counts when it has been measured twice. */
  measured: number;
  readonly still: () => void;
}

const portOf = (pin: number): { port: 'B' | 'C' | 'D'; bit: number } =>
  pin < 8 ? { port: 'D', bit: pin } : pin < 14 ? { port: 'B', bit: pin - 8 } : { port: 'C', bit: pin - 14 };

/** @param onPin told of every change; what pins were before the chip was put together anew is kept */
export function createOutputs(onPin: NonNullable<TwinOptions['onPin']>) {
  let cpu: CPU | undefined;

  const put = (pin: number, value: number) => {
    const output = outputs[pin];
    if (!output || output.value === value) return;
    output.value = value;
    onPin(pin, { mode: output.mode, value });
  };

  const outputs = UNO.map(({ analog }, pin): Output => {
    const still = () => {
      const output = outputs[pin];
      if (output?.mode === MODE.PWM) put(pin, output.level * 255);
    };
    const mode = analog === undefined ? MODE.INPUT : MODE.ANALOG;
    return { mode, value: 0, level: 0, up: 0, down: 0, measured: 0, still };
  });

  /** A period ends with the edge that begins the next one. */
  const measureDuty = (pin: number, output: Output, now: number) => {
    const period = now - output.up;
    const high = output.down - output.up;
    if (high <= 0 || period > STILL) return;
    const duty = Math.round((255 * high) / period);
    if (duty === output.measured) put(pin, duty);
    output.measured = duty;
  };
  const measurePulse = (pin: number, output: Output) => {
    const pulse = Math.round((output.down - output.up) / CYCLES_A_MICROSECOND);
    if (Math.abs(pulse - output.value) > SHAKE) put(pin, pulse);
  };

  const edge = (pin: number, level: 0 | 1) => {
    const output = outputs[pin];
    if (!cpu || !output || output.level === level) return;
    output.level = level;
    const now = cpu.cycles;
    if (output.mode === MODE.OUTPUT) put(pin, level);
    const fades = output.mode === MODE.PWM && !COMPARE.has(pin);
    if (level === 0) {
      output.down = now;
      if (output.mode === MODE.SERVO) measurePulse(pin, output);
    } else {
      if (fades) measureDuty(pin, output, now);
      output.up = now;
    }
    if (!fades) return;
    cpu.clearClockEvent(output.still);
    cpu.addClockEvent(output.still, STILL);
  };

  return {
    /** The chip has just been switched on. */
    watch(chip: Chip): void {
      cpu = chip.cpu;
      const pinsOf = (name: string) => outputs.map((_, pin) => pin).filter((pin) => portOf(pin).port === name);
      for (const name of ['B', 'C', 'D'] as const) {
        const port = chip.ports[name];
        const pins = pinsOf(name).map((pin) => ({ pin, mask: 1 << portOf(pin).bit }));
        port.addListener((now, before) => {
          for (const { pin, mask } of pins) if ((now ^ before) & mask) edge(pin, now & mask ? 1 : 0);
        });
      }
      for (const [pin, register] of COMPARE) {
        const write = chip.cpu.writeHooks[register];
        chip.cpu.writeHooks[register] = (...given) => {
          if (outputs[pin]?.mode === MODE.PWM) put(pin, given[0]);
          return write?.(...given) ?? false;
        };
      }
    },
    /** The firmware gave a pin another mode. */
    mode(pin: number, mode: number): void {
      const output = outputs[pin];
      if (!output || output.mode === mode) return;
      Object.assign(output, { mode, value: 0, measured: 0 });
      onPin(pin, { mode, value: 0 });
    },
    modeOf: (pin: number) => outputs[pin]?.mode,
  };
}
