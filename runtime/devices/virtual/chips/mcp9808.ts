import type { ChipEntry } from './chip.ts';
import { clip } from './registers.ts';
import { createWordRegisters } from './words.ts';

const REGISTER = { CONFIG: 1, UPPER: 2, LOWER: 3, CRITICAL: 4, AMBIENT: 5, MANUFACTURER: 6, DEVICE: 7, RESOLUTION: 8 };
const SHUTDOWN = 0x100;

/** Sixteenths of a degree in 13 bits, below three bits that say which limits are passed. */
export const mcp9808: ChipEntry = {
  label: 'MCP9808 thermometer',
  addresses: [0x18, 0x19, 0x1a, 0x1b, 0x1c, 0x1d, 0x1e, 0x1f],
  senses: ['temperature'],
  source: 'Microchip DS25095A',
  make({ quantity }) {
    let held = 0;
    const signed = (word: number) => ((word & 0x1fff) ^ 0x1000) - 0x1000;
    return createWordRegisters({
      initial: { [REGISTER.MANUFACTURER]: 0x0054, [REGISTER.DEVICE]: 0x0400, [REGISTER.RESOLUTION]: 3 },
      readOnly: new Set([REGISTER.AMBIENT, REGISTER.MANUFACTURER, REGISTER.DEVICE]),
      single: new Set([REGISTER.RESOLUTION]),
      live(register, get) {
        if (register !== REGISTER.AMBIENT) return undefined;
        if (!(get(REGISTER.CONFIG) & SHUTDOWN)) {
          // From half a degree down to a sixteenth.
          const step = 2 ** (3 - (get(REGISTER.RESOLUTION) & 3));
          const celsius = Math.min(125, Math.max(-40, quantity('temperature')));
          held = clip((celsius * 16) / step, 13) * step;
        }
        const flags =
          (held >= signed(get(REGISTER.CRITICAL)) ? 0x8000 : 0) |
          (held > signed(get(REGISTER.UPPER)) ? 0x4000 : 0) |
          (held < signed(get(REGISTER.LOWER)) ? 0x2000 : 0);
        return flags | (held & 0x1fff);
      },
    });
  },
};
