import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';

const REGISTER = { CHIP: 0x00, FIRMWARE: 0x01, DETECTION: 0x02, KEYS: 0x03 };
const KEYS = 7;
const TOUCH = 1;

/** Seven keys to be touched, which are wired to `0` to `6`. */
export const at42qt1070: ChipEntry = {
  label: 'AT42QT1070 touch sensor',
  addresses: [0x1b],
  senses: [],
  source: 'Atmel 9596C',
  make({ level }) {
    const { chip, file } = createRegisters({
      initial: { [REGISTER.CHIP]: 0x2e, [REGISTER.FIRMWARE]: 0x15 },
      readOnly: (register) => register <= 0x1f,
      refresh() {
        let bits = 0;
        for (let key = 0; key < KEYS; key++) if (level(String(key))) bits |= 1 << key;
        file.set(REGISTER.KEYS, bits);
        file.set(REGISTER.DETECTION, bits === 0 ? 0 : TOUCH);
      },
    });
    return chip;
  },
};
