import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';

/** Of port A; port B's follows each. */
const REGISTER = { DIRECTION: 0x00, POLARITY: 0x02, PULLUP: 0x0c, PINS: 0x12, LATCH: 0x14 };
const LAST = 0x15;

/** An expander of 16 pins. It drives `0` to `15` (A0 to B7) where they are outputs, and reads what is wired to the others. */
export const mcp23017: ChipEntry = {
  label: 'MCP23017 pin expander',
  addresses: [0x20, 0x21, 0x22, 0x23, 0x24, 0x25, 0x26, 0x27],
  senses: [],
  source: 'Microchip DS20001952C',
  make({ level, drive }) {
    const driven = new Map<number, number>();
    const { chip, file } = createRegisters({
      initial: { [REGISTER.DIRECTION]: 0xff, [REGISTER.DIRECTION + 1]: 0xff },
      next: (register) => (register >= LAST ? 0 : register + 1),
      written(register, value) {
        // To write pins is to write their latches.
        if (register === REGISTER.PINS || register === REGISTER.PINS + 1) file.set(register + 2, value);
        for (let pin = 0; pin < 16; pin++) {
          const [port, bit] = [pin >> 3, 1 << (pin & 7)];
          if (file.get(REGISTER.DIRECTION + port) & bit) continue;
          const now = file.get(REGISTER.LATCH + port) & bit ? 1 : 0;
          if (driven.get(pin) === now) continue;
          driven.set(pin, now);
          drive(String(pin), now);
        }
      },
      refresh() {
        for (const port of [0, 1]) {
          const [inputs, pullups] = [file.get(REGISTER.DIRECTION + port), file.get(REGISTER.PULLUP + port)];
          let pins = file.get(REGISTER.LATCH + port) & ~inputs;
          for (let bit = 0; bit < 8; bit++) {
            const mask = 1 << bit;
            if (inputs & mask && (level(String(8 * port + bit)) ?? (pullups & mask ? 1 : 0))) pins |= mask;
          }
          file.set(REGISTER.PINS + port, pins ^ (file.get(REGISTER.POLARITY + port) & inputs));
        }
      },
    });
    return chip;
  },
};
