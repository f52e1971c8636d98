import type { Clock, Timer } from '../../../base/index.ts';
import { anglePulse, throttlePulse, turningPulse } from '../../catalogue/actuators/pulses.ts';
import type { ChosenOptions, OutputValue } from '../../catalogue/actuators/takes.ts';
import type { Driver, MakeDriver, Surroundings } from './driver.ts';

/** Where a pulse goes: a pin, or an output of a chip. */
export interface PulseOutput {
  take(): void;
  write(pulse: number): void;
}

/**
 * A servo. Nothing is sent before it is set: firmware that is told of a servo turns it to the middle at once.
 */
export function pulsed(output: PulseOutput, pulseOf: (value: OutputValue) => number): Driver {
  let taken = false;
  return {
    take: () => (taken = false),
    set(value) {
      if (!taken) output.take();
      taken = true;
      output.write(pulseOf(value));
    },
  };
}

/** A speed controller: it gets its neutral pulse from the start, and no other before it had the time to arm. */
export function armed(
  output: PulseOutput,
  pulseOf: (value: OutputValue) => number,
  clock: Clock,
  seconds: number,
): Driver {
  let arming: Timer | undefined;
  let wanted: OutputValue | undefined;
  return {
    take() {
      arming?.cancel();
      wanted = undefined;
      output.take();
      output.write(pulseOf(0));
      arming = clock.after(seconds * 1000, () => {
        arming = undefined;
        if (wanted !== undefined) output.write(pulseOf(wanted));
      });
    },
    set(value) {
      wanted = value;
      if (!arming) output.write(pulseOf(value));
    },
    leave() {
      arming?.cancel();
      arming = undefined;
    },
  };
}

/** Pulses on a pin. */
function onPin(
  { board, index }: Surroundings,
  [pin = '']: readonly string[],
  { least, most }: ChosenOptions,
): PulseOutput {
  const { io } = board;
  return {
    take() {
      io.pinMode(index(pin), io.MODES.SERVO);
      // Firmware cuts pulses to these bounds; its own are 544 and 2,400 µs.
      if (least !== undefined && most !== undefined) io.servoConfig(index(pin), Number(least), Number(most));
    },
    write: (pulse) => io.servoWrite(index(pin), pulse),
  };
}

export const servo: MakeDriver = (around, { pins, options }) =>
  pulsed(onPin(around, pins, {}), (value) => anglePulse(value, options));

export const continuousServo: MakeDriver = (around, { pins, options }) =>
  pulsed(onPin(around, pins, {}), (value) => turningPulse(value, options));

export const esc: MakeDriver = (around, { pins, options }) =>
  armed(
    onPin(around, pins, options),
    (value) => throttlePulse(value, options),
    around.clock,
    Number(options['arming']),
  );
