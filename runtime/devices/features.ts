import type { ComponentEntry, Need } from './catalogue/types.ts';
import { errors } from './errors.ts';
import type { Connected } from './session/protocol.ts';

/** What a component may need beyond plain pins, in words, and which firmware has it. */
const NEEDS: Readonly<Record<Need, { readonly words: string; readonly firmware: string }>> = {
  i2c: { words: 'the I2C bus', firmware: 'StandardFirmata' },
  onewire: { words: '1-Wire', firmware: 'ConfigurableFirmata with OneWire' },
  serial: { words: 'a serial port of its own', firmware: 'StandardFirmataPlus' },
  stepper: { words: 'stepper motors', firmware: 'ConfigurableFirmata with Stepper' },
  ping: { words: 'pulse timing', firmware: 'PingFirmata' },
  tone: { words: 'tones', firmware: 'ConfigurableFirmata with Tone' },
};

/**
 * @param hardware a real board: it can be given another firmware
 * @throws FIRMWARE_LACKS naming the firmware that has it
 */
export function requireFeatures(
  { label, needs = [] }: ComponentEntry,
  board: string,
  { features, firmware }: Pick<Connected, 'features' | 'firmware'>,
  hardware: boolean,
): void {
  const lacking = needs.find((need) => !features.includes(need));
  if (!lacking) return;
  const { words, firmware: has } = NEEDS[lacking];
  throw errors.FIRMWARE_LACKS({ component: label, board, firmware, need: words, has, hardware });
}
