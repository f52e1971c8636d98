import type { ChipEntry } from './chip.ts';
import { clipUnsigned, createRegisters } from './registers.ts';

const REGISTER = { STATUS: 0x00, DATA: 0x01, CONFIG: 0x03, ID: 0x11 };
const [START, TEMPERATURE] = [0x01, 0x10];

/** A hygrometer and thermometer that measures one of the two when it is told to. */
export const th02: ChipEntry = {
  label: 'TH02 hygrometer and thermometer',
  addresses: [0x40],
  senses: ['temperature', 'humidity'],
  source: 'HopeRF TH02 V1.1',
  make({ quantity }) {
    const { chip, file } = createRegisters({
      initial: { [REGISTER.STATUS]: 0x01, [REGISTER.ID]: 0x50 },
      readOnly: (register) => register !== REGISTER.CONFIG,
      written(_, value) {
        if (!(value & START)) return;
        // 14 bits, or 12 bits, at the left of 16.
        const counts =
          value & TEMPERATURE
            ? clipUnsigned((quantity('temperature') + 50) * 32, 14) << 2
            : clipUnsigned((quantity('humidity') + 24) * 16, 12) << 4;
        file.setHighFirst(REGISTER.DATA, counts);
        file.set(REGISTER.STATUS, 0x00);
        file.set(REGISTER.CONFIG, value & ~START);
      },
    });
    return chip;
  },
};
