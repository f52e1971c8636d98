import type { Chip, ChipEntry } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = { WHO_AM_I: 0x0f, CONTROL1: 0x20, CONTROL4: 0x23, CONTROL5: 0x24, STATUS: 0x27, DATA: 0x28 };
/** mg a digit at each range (±2, ±4, ±8, ±16 g), of twelve bits. */
const MILLIG = [1, 2, 4, 12] as const;
const AUTO_INCREMENT = 0x80;
const LOW_POWER = 0x08;
const HIGH_RESOLUTION = 0x08;
const REBOOT = 0x80;

/** A three-axis accelerometer. The upper bit of the register's address says whether the next ones follow. */
export const lis3dh: ChipEntry = {
  label: 'LIS3DH accelerometer',
  addresses: [0x18, 0x19],
  senses: ['accelerationX', 'accelerationY', 'accelerationZ'],
  source: 'STMicroelectronics DocID17530 rev. 2',
  make({ quantity }): Chip {
    let follows = false;
    const { chip, reset } = createRegisters({
      initial: { [REGISTER.WHO_AM_I]: 0x33, [REGISTER.CONTROL1]: 0x07 },
      pointer(byte) {
        follows = (byte & AUTO_INCREMENT) !== 0;
        return byte & 0x7f;
      },
      next: (register) => (follows ? (register + 1) & 0x7f : register),
      readOnly: (register) => register < 0x1e || (register >= REGISTER.STATUS && register <= 0x2d),
      written(register, value, file) {
        if (register !== REGISTER.CONTROL5 || !(value & REBOOT)) return;
        reset();
        file.set(REGISTER.CONTROL5, value & ~REBOOT);
      },
      refresh(file) {
        const control1 = file.get(REGISTER.CONTROL1);
        // No data rate: powered down.
        if (control1 >> 4 === 0) return;
        const control4 = file.get(REGISTER.CONTROL4);
        const lost = control1 & LOW_POWER ? 4 : control4 & HIGH_RESOLUTION ? 0 : 2;
        const digit = MILLIG[(control4 >> 4) & 3] ?? 1;
        const axes = [quantity('accelerationX'), quantity('accelerationY'), quantity('accelerationZ')];
        axes.forEach((g, axis) => {
          if (!((control1 >> axis) & 1)) return;
          const digits = clip((g * 1000) / digit / 2 ** lost, 12 - lost);
          file.setLowFirst(REGISTER.DATA + 2 * axis, digits << (4 + lost));
        });
        file.set(REGISTER.STATUS, 0x0f);
      },
    });
    return chip;
  },
};
