import type { ComponentEntry, PinUse } from './types.ts';

/** What a pin must be able to do, in words. */
export const PIN_USE_WORDS: Readonly<Record<PinUse, string>> = {
  analog: 'analog input',
  digital: 'digital input',
  output: 'output',
  pwm: 'fading (PWM)',
  servo: 'servo',
  i2c: 'the I2C bus',
};

/** `A0` and `D13`, however a user writes them. */
export function normalisePin(pin: string): string {
  const name = pin.trim().toUpperCase();
  return /^\d+$/.test(name) ? `D${name}` : name;
}

/**
 * What the pins of a component must be able to do.
 *
 * @param chosen in the order of its roles; '' leaves one out
 */
export const pinUses = (
  { pins }: Pick<ComponentEntry, 'pins'>,
  chosen: readonly string[],
): readonly { readonly pin: string; readonly use: PinUse }[] =>
  pins.flatMap(({ use }, index) => {
    const pin = normalisePin(chosen[index] ?? '');
    return pin === '' ? [] : [{ pin, use }];
  });
