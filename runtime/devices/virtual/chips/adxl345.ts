import type { ChipEntry } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = { ID: 0x00, RATE: 0x2c, POWER: 0x2d, SOURCE: 0x30, FORMAT: 0x31, DATA: 0x32, FIFO_STATUS: 0x39 };
const MEASURE = 0x08;
const FULL_RESOLUTION = 0x08;
const JUSTIFY_LEFT = 0x04;
const COUNTS_A_G = 256;

/** A three-axis accelerometer. It stands by until it is told to measure. */
export const adxl345: ChipEntry = {
  label: 'ADXL345 accelerometer',
  addresses: [0x53, 0x1d],
  senses: ['accelerationX', 'accelerationY', 'accelerationZ'],
  source: 'Analog Devices ADXL345 rev. E',
  make({ quantity }) {
    const { chip } = createRegisters({
      initial: { [REGISTER.ID]: 0xe5, [REGISTER.RATE]: 0x0a, [REGISTER.SOURCE]: 0x02 },
      readOnly: (register) =>
        register < 0x1d || register === 0x2b || register === 0x30 || (register >= 0x32 && register !== 0x38),
      refresh(file) {
        if (!(file.get(REGISTER.POWER) & MEASURE)) return;
        const format = file.get(REGISTER.FORMAT);
        const range = format & 3;
        const full = (format & FULL_RESOLUTION) !== 0;
        // In full resolution a wider range has more bits; otherwise ten bits are spread over it.
        const bits = full ? 10 + range : 10;
        const counts = full ? COUNTS_A_G : COUNTS_A_G / 2 ** range;
        const shift = format & JUSTIFY_LEFT ? 16 - bits : 0;
        file.set(REGISTER.SOURCE, 0x83);
        [quantity('accelerationX'), quantity('accelerationY'), quantity('accelerationZ')].forEach((g, axis) =>
          file.setLowFirst(REGISTER.DATA + 2 * axis, clip(g * counts, bits) << shift),
        );
      },
    });
    return chip;
  },
};
