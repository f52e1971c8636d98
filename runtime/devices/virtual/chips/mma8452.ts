import type { ChipEntry } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = { STATUS: 0x00, DATA: 0x01, WHO_AM_I: 0x0d, RANGE: 0x0e, CONTROL1: 0x2a, CONTROL2: 0x2b };
const ACTIVE = 1;
const RESET = 0x40;
/** Counts a g at ±2 g; each range after it is twice as wide. */
const COUNTS_A_G = 1024;
const LAST_OF_DATA = 0x06;

/** An accelerometer of 12 bits, which stand at the left of 16. It measures nothing until it is made active. */
export const mma8452: ChipEntry = {
  label: 'MMA8452Q accelerometer',
  addresses: [0x1d, 0x1c],
  senses: ['accelerationX', 'accelerationY', 'accelerationZ'],
  source: 'NXP MMA8452Q rev. 10',
  make({ quantity }) {
    const { chip, file, reset } = createRegisters({
      initial: { [REGISTER.WHO_AM_I]: 0x2a },
      // What it measures with can be changed only while it stands by.
      readOnly: (register) =>
        register <= REGISTER.WHO_AM_I ||
        ((file.get(REGISTER.CONTROL1) & ACTIVE) !== 0 &&
          register !== REGISTER.CONTROL1 &&
          register !== REGISTER.CONTROL2),
      next: (register) => (register === LAST_OF_DATA ? REGISTER.STATUS : (register + 1) & 0xff),
      written(register, value) {
        if (register === REGISTER.CONTROL2 && value & RESET) reset();
      },
      refresh() {
        if (!(file.get(REGISTER.CONTROL1) & ACTIVE)) return;
        const counts = COUNTS_A_G / 2 ** (file.get(REGISTER.RANGE) & 3);
        [quantity('accelerationX'), quantity('accelerationY'), quantity('accelerationZ')].forEach((g, axis) =>
          file.setHighFirst(REGISTER.DATA + 2 * axis, clip(g * counts, 12) << 4),
        );
        file.set(REGISTER.STATUS, 0x0f);
      },
    });
    return chip;
  },
};
