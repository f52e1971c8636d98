import type { ChipEntry } from './chip.ts';
import { clipUnsigned, createRegisters } from './registers.ts';

const REGISTER = { COMMAND: 0x00, STATUS: 0x01, DISTANCE: 0x0f };
const ACQUIRE = 0x04;
/** Of the register's address: those after it follow. */
const AUTO_INCREMENT = 0x80;

/** A laser ranger. */
export const lidarLite: ChipEntry = {
  label: 'LIDAR-Lite laser ranger',
  addresses: [0x62],
  senses: ['distance'],
  source: 'PulsedLight LIDAR-Lite v2, operating manual',
  make({ quantity }) {
    let follows = false;
    const { chip, file } = createRegisters({
      initial: {},
      pointer(byte) {
        follows = (byte & AUTO_INCREMENT) !== 0;
        return byte & 0x7f;
      },
      next: (register) => (follows ? (register + 1) & 0x7f : register),
      written(register, value) {
        if (register !== REGISTER.COMMAND || value !== ACQUIRE) return;
        file.setHighFirst(REGISTER.DISTANCE, clipUnsigned(quantity('distance'), 16));
      },
    });
    return chip;
  },
};
