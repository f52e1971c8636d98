import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';

const REGISTER = { TOUCHED: 0x00, ELECTRODES: 0x5e, RESET: 0x80 };
const RESET = 0x63;
const MOST = 12;

/** Twelve electrodes to be touched, which are wired to `0` to `11`. It looks at as many as it is told to, and at none at first. */
export const mpr121: ChipEntry = {
  label: 'MPR121 touch sensor',
  addresses: [0x5a, 0x5b, 0x5c, 0x5d],
  senses: [],
  source: 'Freescale MPR121 rev. 4',
  make({ level }) {
    const running = () => file.get(REGISTER.ELECTRODES) & 0x0f;
    const { chip, file, reset } = createRegisters({
      initial: { 0x5c: 0x10, 0x5d: 0x24 },
      // While it runs only its electrodes can be stopped.
      readOnly: (register) =>
        register <= 0x2a || (running() > 0 && register !== REGISTER.ELECTRODES && register !== REGISTER.RESET),
      written(register, value) {
        if (register === REGISTER.RESET && value === RESET) reset();
      },
      refresh() {
        let bits = 0;
        for (let key = 0; key < Math.min(MOST, running()); key++) if (level(String(key))) bits |= 1 << key;
        file.setLowFirst(REGISTER.TOUCHED, bits);
      },
    });
    return chip;
  },
};
