import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';
import { inverse } from './search.ts';

const REGISTER = { PRESSURE: 0x00, TEMPERATURE: 0x02, COEFFICIENTS: 0x04, CONVERT: 0x12 };
/** Those of the worked example of the data sheet, as they stand in the registers. */
const COEFFICIENTS = [0x3e, 0xce, 0xb3, 0xf9, 0xc5, 0x17, 0x33, 0xc8];
/** The same as numbers: of a0, b1, b2 and c12. */
const [A0, B1, B2, C12] = [2009.75, -2.375_85, -0.920_47, 0.000_790] as const;
const MOST = 1023;

/** Counts of pressure and of temperature → kPa. */
export const mpl115a2Kilopascals = (pressure: number, temperature: number): number =>
  ((115 - 50) / MOST) * (A0 + (B1 + C12 * temperature) * pressure + B2 * temperature) + 50;

/** A small barometer: it counts to 1,023, a step of 1.5 hPa, when it is told to. */
export const mpl115a2: ChipEntry = {
  label: 'MPL115A2 barometer',
  addresses: [0x60],
  senses: ['temperature', 'pressure'],
  source: 'Freescale MPL115A2 rev. 9',
  make({ quantity }) {
    const { chip, file } = createRegisters({
      initial: Object.fromEntries(COEFFICIENTS.map((byte, at) => [REGISTER.COEFFICIENTS + at, byte])),
      readOnly: (register) => register < REGISTER.CONVERT,
      written(register) {
        if (register !== REGISTER.CONVERT) return;
        const warm = inverse((counts) => 25 + (counts - 498) / -5.35, quantity('temperature'), 0, MOST);
        const pressed = inverse((counts) => mpl115a2Kilopascals(counts, warm) * 10, quantity('pressure'), 0, MOST);
        file.setHighFirst(REGISTER.PRESSURE, pressed << 6);
        file.setHighFirst(REGISTER.TEMPERATURE, warm << 6);
      },
    });
    return chip;
  },
};
