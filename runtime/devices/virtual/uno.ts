import { MODE } from './protocol.ts';

/** A pin of a board: what it can do, with the resolution in bits of each mode. */
export interface BoardPin {
  readonly modes: Readonly<Record<number, number>>;
  /** Its number among the analog inputs, if it is one. */
  readonly analog?: number;
}

const PWM_PINS = new Set([3, 5, 6, 9, 10, 11]);
const digital = { [MODE.INPUT]: 1, [MODE.OUTPUT]: 1, [MODE.PULLUP]: 1 };

/** Data and clock of its I2C bus, which it has besides. */
const I2C_PINS = new Set([18, 19]);

/** An Arduino Uno as StandardFirmata shows it: 0 and 1 are the serial line, 14 to 19 are A0 to A5. */
export const UNO: readonly BoardPin[] = Array.from({ length: 20 }, (_, pin) => {
  if (pin < 2) return { modes: {} };
  if (pin >= 14) {
    return { modes: { ...digital, [MODE.ANALOG]: 10, ...(I2C_PINS.has(pin) && { [MODE.I2C]: 1 }) }, analog: pin - 14 };
  }
  return { modes: { ...digital, ...(PWM_PINS.has(pin) && { [MODE.PWM]: 8 }), [MODE.SERVO]: 14 } };
});

/** `A0` of an analog input, `D13` of another pin. */
export const pinName = (pin: number, analog: number | undefined): string =>
  analog === undefined ? `D${pin}` : `A${analog}`;
