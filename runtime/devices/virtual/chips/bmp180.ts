import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';
import { inverse } from './search.ts';

/** The calibration of the worked example in the data sheet, section 3.5. */
const CALIBRATION = [408, -72, -14_383, 32_741, 32_757, 23_153, 6190, 4, -32_768, -8711, 2868];
const [AC1 = 0, AC2 = 0, AC3 = 0, AC4 = 0, AC5 = 0, AC6 = 0, B1 = 0, B2 = 0, , MC = 0, MD = 0] = CALIBRATION;

const REGISTER = { CALIBRATION: 0xaa, ID: 0xd0, RESET: 0xe0, CONTROL: 0xf4, RESULT: 0xf6 };
const MEASURE_TEMPERATURE = 0x2e;

/** Counts of temperature → B5, a sixteenth of a tenth of a degree. */
export function b5Of(counts: number): number {
  const x1 = ((counts - AC6) * AC5) / 2 ** 15;
  return x1 + (MC * 2 ** 11) / (x1 + MD);
}

/** Counts of pressure at an oversampling → Pa. */
export function bmp180Pascals(counts: number, b5: number, oversampling: number): number {
  const b6 = b5 - 4000;
  const x3 = (B2 * ((b6 * b6) / 2 ** 12)) / 2 ** 11 + (AC2 * b6) / 2 ** 11;
  const b3 = ((AC1 * 4 + x3) * 2 ** oversampling + 2) / 4;
  const y3 = ((AC3 * b6) / 2 ** 13 + (B1 * ((b6 * b6) / 2 ** 12)) / 2 ** 16 + 2) / 4;
  const b4 = (AC4 * (y3 + 32_768)) / 2 ** 15;
  const p = ((counts - b3) * (50_000 / 2 ** oversampling) * 2) / b4;
  return p + (((p / 256) ** 2 * 3038) / 2 ** 16 + (-7357 * p) / 2 ** 16 + 3791) / 16;
}

export const bmp180: ChipEntry = {
  label: 'BMP180 barometer and thermometer',
  addresses: [0x77],
  senses: ['temperature', 'pressure'],
  source: 'Bosch BST-BMP180-DS000 rev. 2.8',
  make({ quantity }) {
    const initial: Record<number, number> = { [REGISTER.ID]: 0x55, [REGISTER.RESULT]: 0x80 };
    CALIBRATION.forEach((value, index) => {
      initial[REGISTER.CALIBRATION + 2 * index] = (value >> 8) & 0xff;
      initial[REGISTER.CALIBRATION + 2 * index + 1] = value & 0xff;
    });
    const { chip, reset } = createRegisters({
      initial,
      readOnly: (register) => register !== REGISTER.RESET && register !== REGISTER.CONTROL,
      written(register, value, file) {
        if (register === REGISTER.RESET && value === 0xb6) reset();
        if (register !== REGISTER.CONTROL) return;
        const celsius = Math.min(85, Math.max(-40, quantity('temperature')));
        const temperature = inverse((counts) => b5Of(counts) / 160, celsius, AC6, 0xffff);
        if (value === MEASURE_TEMPERATURE) return file.setHighFirst(REGISTER.RESULT, temperature);
        const oversampling = value >> 6;
        const pascal = Math.min(110_000, Math.max(30_000, quantity('pressure') * 100));
        const most = 2 ** (16 + oversampling) - 1;
        const pressure = inverse((counts) => bmp180Pascals(counts, b5Of(temperature), oversampling), pascal, 0, most);
        const shown = pressure << (8 - oversampling);
        file.setHighFirst(REGISTER.RESULT, shown >> 8);
        file.set(REGISTER.RESULT + 2, shown & 0xff);
      },
    });
    return chip;
  },
};
