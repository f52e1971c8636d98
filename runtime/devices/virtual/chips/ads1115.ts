import type { ChipEntry } from './chip.ts';
import { clip } from './registers.ts';
import { createWordRegisters } from './words.ts';

const REGISTER = { CONVERSION: 0, CONFIG: 1, LOW: 2, HIGH: 3 };
const START = 0x8000;
const SINGLE_SHOT = 0x0100;
/** Volts at full scale, by the gain. */
const FULL_SCALE = [6.144, 4.096, 2.048, 1.024, 0.512, 0.256, 0.256, 0.256] as const;
/** Which inputs are compared; `undefined`: ground. */
const INPUTS: readonly (readonly [string, string | undefined])[] = [
  ['0', '1'],
  ['0', '3'],
  ['1', '3'],
  ['2', '3'],
  ['0', undefined],
  ['1', undefined],
  ['2', undefined],
  ['3', undefined],
];

/** A converter of four inputs, 16 bits of two's complement. */
export const ads1115: ChipEntry = {
  label: 'ADS1115 analog-to-digital converter',
  addresses: [0x48, 0x49, 0x4a, 0x4b],
  senses: [],
  source: 'Texas Instruments SBAS444D',
  make({ volts }) {
    const convert = (config: number): number => {
      const [plus, minus] = INPUTS[(config >> 12) & 7] ?? ['0', undefined];
      const difference = (volts(plus) ?? 0) - (minus === undefined ? 0 : (volts(minus) ?? 0));
      return clip((difference / (FULL_SCALE[(config >> 9) & 7] ?? 2.048)) * 2 ** 15, 16) & 0xffff;
    };
    return createWordRegisters({
      initial: { [REGISTER.CONFIG]: 0x8583, [REGISTER.LOW]: 0x8000, [REGISTER.HIGH]: 0x7fff },
      readOnly: new Set([REGISTER.CONVERSION]),
      written(register, value, set) {
        if (register === REGISTER.CONFIG && value & START) set(REGISTER.CONVERSION, convert(value));
      },
      live(register, get) {
        if (register === REGISTER.CONFIG) return get(register) | START;
        if (register === REGISTER.CONVERSION && !(get(REGISTER.CONFIG) & SINGLE_SHOT))
          return convert(get(REGISTER.CONFIG));
        return undefined;
      },
    });
  },
};
