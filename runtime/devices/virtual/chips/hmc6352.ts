import type { ChipEntry } from './chip.ts';

const HEADING = 'A'.charCodeAt(0);
const TURN = 360;

/** A compass that answers the letter A with its heading, in tenths of a degree. */
export const hmc6352: ChipEntry = {
  label: 'HMC6352 compass',
  addresses: [0x21],
  senses: ['fieldX', 'fieldY'],
  source: 'Honeywell HMC6352, 900307 rev. D',
  make({ quantity }) {
    let reply: number[] = [];
    return {
      write([command]) {
        if (command !== HEADING) return;
        const degrees = (Math.atan2(quantity('fieldY'), quantity('fieldX')) * 180) / Math.PI;
        const tenths = Math.round(((degrees + TURN) % TURN) * 10) % (10 * TURN);
        reply = [tenths >> 8, tenths & 0xff];
      },
      read: (count) => reply.slice(0, count),
    };
  },
};
