import type { ChipEntry } from './chip.ts';
import { clipUnsigned } from './registers.ts';

const POWER_DOWN = 0x00;
const RESET = 0x07;
const STANDARD_TIME = 69;

/** A light sensor that takes single bytes as commands. Its reading is 1.2 counts a lux at the standard sensitivity. */
export const bh1750: ChipEntry = {
  label: 'BH1750 light sensor',
  addresses: [0x23, 0x5c],
  senses: ['light'],
  source: 'ROHM BH1750FVI technical note 2011.11 rev. D',
  make({ quantity }) {
    let counts = 0;
    let mode = POWER_DOWN;
    let time = STANDARD_TIME;
    const measure = () => {
      const fine = (mode & 0x0f) === 1 ? 2 : 1;
      const coarse = (mode & 0x0f) === 3 ? 4 : 1;
      counts = clipUnsigned((quantity('light') * 1.2 * fine * time) / STANDARD_TIME / coarse, 16) * coarse;
    };
    return {
      write([command]) {
        if (command === undefined) return;
        if (command === RESET) counts = 0;
        else if ((command & 0xf8) === 0x40) time = (time & 0x1f) | ((command & 7) << 5);
        else if ((command & 0xe0) === 0x60) time = (time & 0xe0) | (command & 0x1f);
        else {
          mode = command;
          // Measured once, after which it powers down.
          if (command >> 4 === 2) {
            measure();
            mode = POWER_DOWN;
          }
        }
      },
      read(count) {
        if (mode >> 4 === 1) measure();
        return [(counts >> 8) & 0xff, counts & 0xff].slice(0, count);
      },
    };
  },
};
