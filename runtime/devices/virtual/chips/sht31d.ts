import type { ChipEntry } from './chip.ts';
import { checkedWord } from './crc.ts';
import { clipUnsigned } from './registers.ts';

const CRC_START = 0xff;
const MOST = 2 ** 16 - 1;
const COMMAND = { STATUS: 0xf32d, FETCH: 0xe000, STOP: 0x3093, RESET: 0x30a2, HEATER_ON: 0x306d, HEATER_OFF: 0x3066 };
/** High bytes of commands: one measurement, and a measurement every so often. */
const SINGLE = new Set([0x24, 0x2c]);
const PERIODIC = new Set([0x20, 0x21, 0x22, 0x23, 0x27]);
const HEATING = 0x2000;

/** Takes commands of 16 bits instead of registers. A measurement can be fetched once; then it does not answer until the next. */
export const sht31d: ChipEntry = {
  label: 'SHT31-D thermometer and hygrometer',
  addresses: [0x44, 0x45],
  senses: ['temperature', 'humidity'],
  source: 'Sensirion SHT3x-DIS data sheet version 7',
  make({ quantity }) {
    let reply: number[] = [];
    let status = 0x8010;
    let periodic = false;
    const measure = () => [
      ...checkedWord(clipUnsigned(((quantity('temperature') + 45) / 175) * MOST, 16), CRC_START),
      ...checkedWord(clipUnsigned((quantity('humidity') / 100) * MOST, 16), CRC_START),
    ];
    return {
      write([high = 0, low = 0]) {
        const command = (high << 8) | low;
        reply = [];
        if (SINGLE.has(high)) reply = measure();
        else if (PERIODIC.has(high)) periodic = true;
        else if (command === COMMAND.FETCH) reply = periodic ? measure() : [];
        else if (command === COMMAND.STOP) periodic = false;
        else if (command === COMMAND.STATUS) reply = checkedWord(status, CRC_START);
        else if (command === COMMAND.HEATER_ON) status |= HEATING;
        else if (command === COMMAND.HEATER_OFF) status &= ~HEATING;
        else if (command === COMMAND.RESET) {
          periodic = false;
          status = 0x8010;
        }
      },
      read: (count) => reply.slice(0, count),
    };
  },
};
