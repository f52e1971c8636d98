import type { ChipEntry } from './chip.ts';
import { clip } from './registers.ts';
import { createWordRegisters } from './words.ts';

const REGISTER = { TEMPERATURE: 0, CONFIG: 1, LOW: 2, HIGH: 3 };
const EXTENDED = 0x10;

/** Sixteenths of a degree in 12 bits, or 13 in its extended mode, at the upper end of a word. */
export const tmp102: ChipEntry = {
  label: 'TMP102 thermometer',
  addresses: [0x48, 0x49, 0x4a, 0x4b],
  senses: ['temperature'],
  source: 'Texas Instruments SBOS397H',
  make: ({ quantity }) =>
    createWordRegisters({
      initial: { [REGISTER.CONFIG]: 0x60a0, [REGISTER.LOW]: 0x4b00, [REGISTER.HIGH]: 0x5000 },
      readOnly: new Set([REGISTER.TEMPERATURE]),
      live(register, get) {
        if (register !== REGISTER.TEMPERATURE) return undefined;
        const sixteenths = Math.max(-55, quantity('temperature')) * 16;
        if (get(REGISTER.CONFIG) & EXTENDED) return ((clip(Math.min(sixteenths, 150 * 16), 13) << 3) | 1) & 0xffff;
        return (clip(sixteenths, 12) << 4) & 0xffff;
      },
    }),
};
