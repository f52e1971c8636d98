import type { ChipEntry } from './chip.ts';
import { clipUnsigned } from './registers.ts';

const MOST = 2 ** 14 - 2;
const STALE = 0x40;

/** A hygrometer that measures when it is written to. What is read a second time says that it is stale. */
export const hih6130: ChipEntry = {
  label: 'HIH6130 hygrometer and thermometer',
  addresses: [0x27],
  senses: ['temperature', 'humidity'],
  source: 'Honeywell 009061-2-EN, I2C communication with HumidIcon',
  make({ quantity }) {
    let measured = [0, 0, 0, 0];
    let stale = true;
    return {
      write() {
        const humidity = clipUnsigned((quantity('humidity') / 100) * MOST, 14);
        const temperature = clipUnsigned(((quantity('temperature') + 40) / 165) * MOST, 14) << 2;
        measured = [humidity >> 8, humidity & 0xff, temperature >> 8, temperature & 0xff];
        stale = false;
      },
      read(count) {
        const [first = 0, ...rest] = measured;
        const bytes = [first | (stale ? STALE : 0), ...rest];
        stale = true;
        return bytes.slice(0, count);
      },
    };
  },
};
