import type { ChipEntry } from './chip.ts';
import { createRegisters } from './registers.ts';

const REGISTER = { CONTROL: 0, TIMING: 1, ID: 0x0a, DATA: 0x0c };
const POWERED = 3;
const HIGH_GAIN = 0x10;
/** By how long it integrates: the share of the 402 ms that counts are for, and the most that it can count. */
const INTEGRATION = [
  { share: 0.034, most: 5047 },
  { share: 0.252, most: 37_177 },
  { share: 1, most: 65_535 },
] as const;
/** Infrared as a share of all light: what a white LED lamp has. */
const INFRARED = 0.2;
/** Lux a count of broadband light at 402 ms and gain 16, for that share: 0.0325 − 0.0440 × 0.2 (data sheet, package T). */
const LUX_A_COUNT = 0.0325 - 0.044 * INFRARED;

/** A light sensor of two channels, with and without visible light, from which lux are computed. */
export const tsl2561: ChipEntry = {
  label: 'TSL2561 light sensor',
  addresses: [0x39, 0x29, 0x49],
  senses: ['light'],
  source: 'TAOS059N',
  make({ quantity }) {
    const { chip } = createRegisters({
      initial: { [REGISTER.TIMING]: 0x02, [REGISTER.ID]: 0x50 },
      pointer: (byte) => byte & 0x0f,
      next: (register) => (register + 1) & 0x0f,
      readOnly: (register) => register >= REGISTER.ID,
      refresh(file) {
        const on = (file.get(REGISTER.CONTROL) & POWERED) === POWERED;
        const timing = file.get(REGISTER.TIMING);
        const { share, most } = INTEGRATION[Math.min(2, timing & 3) as 0 | 1 | 2];
        const gain = timing & HIGH_GAIN ? 1 : 1 / 16;
        const all = on ? (Math.max(0, quantity('light')) / LUX_A_COUNT) * share * gain : 0;
        [all, all * INFRARED].forEach((counts, channel) =>
          file.setLowFirst(REGISTER.DATA + 2 * channel, Math.min(most, Math.round(counts))),
        );
      },
    });
    return chip;
  },
};
