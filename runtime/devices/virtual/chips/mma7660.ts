import type { ChipEntry } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = { DATA: 0x00, MODE: 0x07 };
const ACTIVE = 1;
const COUNTS_A_G = 21.33;

/** An accelerometer of 6 bits for ±1.5 g. It stands by until it is made active, and can be set up only until then. */
export const mma7660: ChipEntry = {
  label: 'MMA7660FC accelerometer',
  addresses: [0x4c],
  senses: ['accelerationX', 'accelerationY', 'accelerationZ'],
  source: 'Freescale MMA7660FC rev. 7',
  make({ quantity }) {
    const { chip, file } = createRegisters({
      initial: {},
      readOnly: (register) =>
        register <= 0x04 || ((file.get(REGISTER.MODE) & ACTIVE) !== 0 && register !== REGISTER.MODE),
      refresh() {
        if (!(file.get(REGISTER.MODE) & ACTIVE)) return;
        [quantity('accelerationX'), quantity('accelerationY'), quantity('accelerationZ')].forEach((g, axis) =>
          file.set(REGISTER.DATA + axis, clip(g * COUNTS_A_G, 6) & 0x3f),
        );
      },
    });
    return chip;
  },
};
