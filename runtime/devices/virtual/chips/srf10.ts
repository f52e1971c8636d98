import type { ChipEntry } from './chip.ts';
import { clipUnsigned, createRegisters } from './registers.ts';

const REGISTER = { COMMAND: 0x00, ECHO: 0x02 };
/** ms of a measurement at the usual range: it does not hear its bus meanwhile. */
const MEASURING = 65;
const REVISION = 6;
/** Inches, centimetres and µs of an echo, in a centimetre. */
const UNITS: Readonly<Record<number, number>> = { 0x50: 1 / 2.54, 0x51: 1, 0x52: 58.2 };

/** An ultrasonic ranger. */
export const srf10: ChipEntry = {
  label: 'SRF10 ultrasonic ranger',
  addresses: [0x70, 0x71, 0x72, 0x73],
  senses: ['distance'],
  source: 'Devantech SRF10 technical specification',
  make({ quantity }) {
    let since = -MEASURING;
    const { chip, file } = createRegisters({
      initial: { [REGISTER.COMMAND]: REVISION },
      written(register, value, _, time) {
        if (register !== REGISTER.COMMAND) return;
        file.set(REGISTER.COMMAND, REVISION);
        const unit = UNITS[value];
        if (unit === undefined) return;
        since = time;
        file.setHighFirst(REGISTER.ECHO, clipUnsigned(quantity('distance') * unit, 16));
      },
    });
    return { ...chip, read: (count, time) => (time - since < MEASURING ? [] : chip.read(count, time)) };
  },
};
