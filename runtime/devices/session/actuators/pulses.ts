import type { Clock, Timer } from '../../../base/index.ts';
import type { ChosenOptions, OutputValue } from '../../catalogue/actuators/takes.ts';
import type { Driver, MakeDriver, Surroundings } from './driver.ts';

/** µs of the fastest turn of a continuous servo from where it stands still. */
const FULL = 500;

/**
 * The pulse of an angle, µs. Johnny-Five cuts it to whole µs, and leaves out an angle that is the same as the one before,
 * even where the pin had another use meanwhile: so its servo is not used.
 */
export function anglePulse(value: OutputValue, { invert, least, most }: ChosenOptions): number {
  const degrees = invert === true ? 180 - Number(value) : Number(value);
  return Math.round(Number(least) + (degrees / 180) * (Number(most) - Number(least)));
}

/** The pulse of a continuous servo's speed. */
export const turningPulse = (value: OutputValue, { invert, still }: ChosenOptions): number =>
  Math.round(Number(still) + Number(value) * FULL * (invert === true ? -1 : 1));

/** The pulse of a throttle: from the lowest one, or both ways from the middle. */
export function throttlePulse(value: OutputValue, { type, least, most }: ChosenOptions): number {
  const low = Number(least);
  const high = Number(most);
  const neutral = type === 'both' ? (low + high) / 2 : low;
  const throttle = Number(value);
  return Math.round(neutral + throttle * (throttle < 0 ? neutral - low : high - neutral));
}

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
