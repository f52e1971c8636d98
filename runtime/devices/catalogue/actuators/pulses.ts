/** What pulses say to servos and speed controllers, both ways. */
import type { ChosenOptions, OutputValue } from './takes.ts';

/** µs of the fastest turn of a continuous servo from where it stands still. */
const FULL = 500;
/** Firmata takes what is shorter for degrees. */
const SHORTEST = 544;
/** What Johnny-Five and Millrace send to a servo of which nothing else is said. */
const STANDARD = { least: 600, most: 2400 };

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
export function throttlePulse(value: OutputValue, options: ChosenOptions): number {
  const { neutral, low, high } = throttleOf(options);
  const throttle = Number(value);
  return Math.round(neutral + throttle * (throttle < 0 ? neutral - low : high - neutral));
}

function throttleOf({ type, least, most }: ChosenOptions) {
  const [low, high] = [Number(least), Number(most)];
  return { low, high, neutral: type === 'both' ? (low + high) / 2 : low };
}

/** What an actuator on a pin was asked for: degrees, or a speed of -1 to 1. */
export interface Asked {
  readonly value: number;
  readonly unit: '°' | '';
}

/** From a pulse back to what was asked for, by the kind of actuator. */
const MEANINGS: Readonly<Record<string, (pulse: number, options: ChosenOptions) => Asked>> = {
  servo(pulse, { invert, least, most }) {
    const way = Number(most) - Number(least);
    const degrees = way === 0 ? 0 : ((pulse - Number(least)) / way) * 180;
    return { value: invert === true ? 180 - degrees : degrees, unit: '°' };
  },
  'servo-continuous': (pulse, { invert, still }) => ({
    value: ((pulse - Number(still)) / FULL) * (invert === true ? -1 : 1),
    unit: '',
  }),
  esc(pulse, options) {
    const { neutral, low, high } = throttleOf(options);
    return { value: (pulse - neutral) / (pulse < neutral ? neutral - low || 1 : high - neutral), unit: '' };
  },
};

/** The same actuator on a chip takes the same pulses. */
const onPin = (kind: string) => kind.replace('-pca9685', '');

/** Whether this kind of actuator is told by the length of a pulse. */
export const isPulsed = (kind: string): boolean => onPin(kind) in MEANINGS;

/**
 * What a pulse on a pin was sent for.
 *
 * @param on what the pin was taken for; without it, a usual servo
 * @example
 * askedBy(1500); // { value: 90, unit: '°' }
 * askedBy(1250, { kind: 'servo', options: { least: 1000, most: 2000 } }); // { value: 45, unit: '°' }
 */
export function askedBy(pulse: number, on?: { readonly kind: string; readonly options: ChosenOptions }): Asked {
  if (pulse < SHORTEST) return { value: pulse, unit: '°' };
  const { kind, options } = on && isPulsed(on.kind) ? on : { kind: 'servo', options: STANDARD };
  return MEANINGS[onPin(kind)]?.(pulse, options) ?? { value: pulse, unit: '°' };
}
