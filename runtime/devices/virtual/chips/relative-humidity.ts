/** The commands and the coding that the HTU21D and the Si7020 share. */
import type { Chip, ChipSurroundings } from './chip.ts';
import { checkedWord } from './crc.ts';
import { clipUnsigned } from './registers.ts';

const COMMAND = {
  /** Of the last humidity measurement; the Si7020's alone. */
  PREVIOUS_TEMPERATURE: 0xe0,
  TEMPERATURE: 0xe3,
  HUMIDITY: 0xe5,
  WRITE_USER: 0xe6,
  READ_USER: 0xe7,
  TEMPERATURE_NO_HOLD: 0xf3,
  HUMIDITY_NO_HOLD: 0xf5,
  RESET: 0xfe,
};
/** Bits that say which of the two it is. */
const STATUS_HUMIDITY = 2;

/** @param user what the user register holds after power-on */
export function createRelativeHumidity({ quantity }: ChipSurroundings, user: number, hasPrevious: boolean): Chip {
  let reply: number[] = [];
  let register = user;
  let previous = 0;
  const temperature = () => {
    const celsius = Math.min(125, Math.max(-40, quantity('temperature')));
    return clipUnsigned(((celsius + 46.85) / 175.72) * 2 ** 14, 14) << 2;
  };
  const humidity = () => (clipUnsigned(((quantity('humidity') + 6) / 125) * 2 ** 12, 12) << 4) | STATUS_HUMIDITY;
  return {
    write([command = 0, value]) {
      reply = [];
      switch (command) {
        case COMMAND.TEMPERATURE:
        case COMMAND.TEMPERATURE_NO_HOLD:
          reply = checkedWord(temperature(), 0);
          return;
        case COMMAND.HUMIDITY:
        case COMMAND.HUMIDITY_NO_HOLD:
          previous = temperature();
          reply = checkedWord(humidity(), 0);
          return;
        case COMMAND.PREVIOUS_TEMPERATURE:
          if (hasPrevious) reply = [(previous >> 8) & 0xff, previous & 0xff];
          return;
        case COMMAND.READ_USER:
          reply = [register];
          return;
        case COMMAND.WRITE_USER:
          register = value ?? register;
          return;
        case COMMAND.RESET:
          register = user;
      }
    },
    read: (count) => reply.slice(0, count),
  };
}
