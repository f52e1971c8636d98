import type { ChipEntry } from './chip.ts';
import { clip, clipUnsigned, createRegisters } from './registers.ts';

const REGISTER = { STATUS: 0x00, PRESSURE: 0x01, TEMPERATURE: 0x04, WHO_AM_I: 0x0c, SEA_LEVEL: 0x14, CONTROL: 0x26 };
const [ACTIVE, ONCE, RESET, ALTIMETER] = [0x01, 0x02, 0x04, 0x80];
const READY = 0x0e;

/** A barometer or altimeter, as its control register says: it measures once when it is told to, or all the time. */
export const mpl3115a2: ChipEntry = {
  label: 'MPL3115A2 barometer, altimeter and thermometer',
  addresses: [0x60],
  senses: ['temperature', 'pressure'],
  source: 'NXP MPL3115A2 rev. 4.0',
  make({ quantity }) {
    const measure = () => {
      const pascals = quantity('pressure') * 100;
      // The pressure at sea level is kept in units of 2 Pa.
      const seaLevel = 2 * ((file.get(REGISTER.SEA_LEVEL) << 8) | file.get(REGISTER.SEA_LEVEL + 1));
      const metres = 44_330.77 * (1 - (pascals / seaLevel) ** 0.190_263_2);
      const altitude = (file.get(REGISTER.CONTROL) & ALTIMETER) !== 0;
      // 16 bits and 4 of fraction with a sign, or 18 and 2 without, both at the left of 24.
      const counts = (altitude ? clip(metres * 16, 20) : clipUnsigned(pascals * 4, 20)) << 4;
      [16, 8, 0].forEach((shift, at) => file.set(REGISTER.PRESSURE + at, (counts >> shift) & 0xff));
      file.setHighFirst(REGISTER.TEMPERATURE, clip(quantity('temperature') * 16, 12) << 4);
      file.set(REGISTER.STATUS, READY);
    };
    const { chip, file, reset } = createRegisters({
      initial: { [REGISTER.WHO_AM_I]: 0xc4, [REGISTER.SEA_LEVEL]: 0xc5, [REGISTER.SEA_LEVEL + 1]: 0xe7 },
      readOnly: (register) => register <= REGISTER.WHO_AM_I,
      written(register, value) {
        if (register !== REGISTER.CONTROL) return;
        if (value & RESET) return reset();
        if (!(value & ONCE)) return;
        measure();
        file.set(REGISTER.CONTROL, value & ~ONCE);
      },
      refresh() {
        if (file.get(REGISTER.CONTROL) & ACTIVE) measure();
      },
    });
    return chip;
  },
};
