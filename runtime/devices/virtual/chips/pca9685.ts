import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';

const REGISTER = { MODE1: 0, MODE2: 1, CHANNELS: 6, ALL: 0xfa, PRESCALE: 0xfe };
const SLEEP = 0x10;
const AUTO_INCREMENT = 0x20;
const RESTART = 0x80;
const CHANNELS = 16;
/** Of the upper bytes of a channel: always on, always off. */
const FULL = 0x10;
const STEPS = 4096;

/** A driver of 16 PWM channels. It drives `0` to `15` with a duty of 0 to 1, and says the period as `period` in µs. */
export const pca9685: ChipEntry = {
  label: 'PCA9685 PWM and servo driver',
  addresses: Array.from({ length: 48 }, (_, strap) => 0x40 + strap),
  senses: [],
  source: 'NXP PCA9685 rev. 4',
  make({ drive }) {
    const duties = new Array<number>(CHANNELS).fill(0);
    let period = 0;
    const { chip, file } = createRegisters({
      initial: {
        [REGISTER.MODE1]: 0x11,
        [REGISTER.MODE2]: 0x04,
        [REGISTER.PRESCALE]: 0x1e,
        ...Object.fromEntries(duties.map((_, channel) => [REGISTER.CHANNELS + 4 * channel + 3, FULL])),
      },
      next: (register) => (file.get(REGISTER.MODE1) & AUTO_INCREMENT ? (register + 1) & 0xff : register),
      written(register, value) {
        if (register === REGISTER.MODE1) file.set(register, value & ~RESTART);
        if (register === REGISTER.PRESCALE) {
          // It can only be set asleep.
          if (file.get(REGISTER.MODE1) & SLEEP) prescale = Math.max(3, value);
          file.set(register, prescale);
        }
        if (register >= REGISTER.ALL && register < REGISTER.PRESCALE) {
          for (let channel = 0; channel < CHANNELS; channel++) {
            file.set(REGISTER.CHANNELS + 4 * channel + register - REGISTER.ALL, value);
          }
        }
        show();
      },
    });
    let prescale = file.get(REGISTER.PRESCALE);

    const duty = (channel: number): number => {
      const at = REGISTER.CHANNELS + 4 * channel;
      const [on, off] = [file.get(at + 1), file.get(at + 3)];
      if (file.get(REGISTER.MODE1) & SLEEP || off & FULL) return 0;
      if (on & FULL) return 1;
      const begin = file.get(at) | ((on & 0x0f) << 8);
      const end = file.get(at + 2) | ((off & 0x0f) << 8);
      return ((end - begin + STEPS) % STEPS) / STEPS;
    };
    const show = () => {
      const micros = Math.round((STEPS * (prescale + 1)) / 25);
      if (micros !== period) drive('period', (period = micros));
      for (let channel = 0; channel < CHANNELS; channel++) {
        const now = duty(channel);
        if (now === duties[channel]) continue;
        duties[channel] = now;
        drive(String(channel), now);
      }
    };
    return chip;
  },
};
