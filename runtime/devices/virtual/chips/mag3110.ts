import type { ChipEntry } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = { STATUS: 0x00, DATA: 0x01, WHO_AM_I: 0x07, CONTROL1: 0x10 };
const ACTIVE = 1;
const COUNTS_A_MICROTESLA = 10;
/** It counts to three quarters of what 16 bits can hold. */
const MOST = 30_000;

/** A three-axis compass. It stands by until it is made active. */
export const mag3110: ChipEntry = {
  label: 'MAG3110 compass',
  addresses: [0x0e],
  senses: ['fieldX', 'fieldY', 'fieldZ'],
  source: 'Freescale MAG3110 rev. 9.2',
  make({ quantity }) {
    const { chip, file } = createRegisters({
      initial: { [REGISTER.WHO_AM_I]: 0xc4 },
      readOnly: (register) => register <= 0x08 || register === 0x0f,
      refresh() {
        if (!(file.get(REGISTER.CONTROL1) & ACTIVE)) return;
        [quantity('fieldX'), quantity('fieldY'), quantity('fieldZ')].forEach((field, axis) => {
          const counts = Math.max(-MOST, Math.min(MOST, field * COUNTS_A_MICROTESLA));
          file.setHighFirst(REGISTER.DATA + 2 * axis, clip(counts, 16));
        });
        file.set(REGISTER.STATUS, 0x0f);
      },
    });
    return chip;
  },
};
