import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';

const REGISTER = { A: 0, B: 1, MODE: 2, DATA: 3, STATUS: 9, ID: 10 };
/** Counts a gauss at each gain. */
const COUNTS_A_GAUSS = [1370, 1090, 820, 660, 440, 390, 330, 230] as const;
const MICROTESLA_A_GAUSS = 100;
const OVERFLOW = -4096;
const IDLE = 2;

/** A three-axis compass. Its data stand in the order x, z, y. */
export const hmc5883l: ChipEntry = {
  label: 'HMC5883L compass',
  addresses: [0x1e],
  senses: ['fieldX', 'fieldY', 'fieldZ'],
  source: 'Honeywell 900405 rev. E',
  make({ quantity }) {
    const measure = (file: { get(register: number): number; setHighFirst(register: number, value: number): void }) => {
      const counts = (COUNTS_A_GAUSS[file.get(REGISTER.B) >> 5] ?? 1090) / MICROTESLA_A_GAUSS;
      [quantity('fieldX'), quantity('fieldZ'), quantity('fieldY')].forEach((field, index) => {
        const value = Math.round(field * counts);
        file.setHighFirst(REGISTER.DATA + 2 * index, Math.abs(value) > 2047 ? OVERFLOW : value);
      });
    };
    const { chip } = createRegisters({
      initial: { [REGISTER.A]: 0x10, [REGISTER.B]: 0x20, [REGISTER.MODE]: 1, 10: 0x48, 11: 0x34, 12: 0x33 },
      readOnly: (register) => register >= REGISTER.DATA,
      // After the last byte of data the first follows.
      next: (register) => (register === 8 ? 3 : register === 12 ? 0 : register + 1),
      written(register, value, file) {
        if (register !== REGISTER.MODE || (value & 3) !== 1) return;
        measure(file);
        file.set(REGISTER.MODE, IDLE);
      },
      refresh(file) {
        if ((file.get(REGISTER.MODE) & 3) === 0) measure(file);
        file.set(REGISTER.STATUS, 1);
      },
    });
    return chip;
  },
};
