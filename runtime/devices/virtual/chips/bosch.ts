/** Temperature, pressure and humidity as Bosch's BMP280 and BME280 measure them. */
import type { ChipSurroundings, Chip } from './chip.ts';
import { createRegisters } from './registers.ts';
import { inverse } from './search.ts';

/** The calibration of the worked example in BMP280 data sheet 1.14, section 3.12. */
const T = [27_504, 26_435, -1000] as const;
const P = [36_477, -10_685, 3024, 2855, 140, -7, 15_500, -14_600, 6000] as const;
/** A BME280's, of usual size; the data sheet has no example. H1 to H6. */
const H = [75, 362, 0, 313, 50, 30] as const;

/** Counts of temperature → the "fine" temperature that the other compensations want. Data sheet BMP280, section 8.1. */
export function fineTemperature(counts: number): number {
  const first = (counts / 16_384 - T[0] / 1024) * T[1];
  const second = (counts / 131_072 - T[0] / 8192) ** 2 * T[2];
  return first + second;
}

/** Counts of pressure → Pa. */
export function pascals(counts: number, fine: number): number {
  let v1 = fine / 2 - 64_000;
  let v2 = (v1 * v1 * P[5]) / 32_768 + v1 * P[4] * 2;
  v2 = v2 / 4 + P[3] * 65_536;
  v1 = ((P[2] * v1 * v1) / 524_288 + P[1] * v1) / 524_288;
  v1 = (1 + v1 / 32_768) * P[0];
  const p = ((1_048_576 - counts - v2 / 4096) * 6250) / v1;
  return p + ((P[8] * p * p) / 2_147_483_648 + (p * P[7]) / 32_768 + P[6]) / 16;
}

/** Counts of humidity → %. Data sheet BME280, appendix A. */
export function percentHumidity(counts: number, fine: number): number {
  const t = fine - 76_800;
  const raw =
    (counts - (H[3] * 64 + (H[4] / 16_384) * t)) *
    ((H[1] / 65_536) * (1 + (H[5] / 67_108_864) * t * (1 + (H[2] / 67_108_864) * t)));
  return Math.min(100, Math.max(0, raw * (1 - (H[0] * raw) / 524_288)));
}

const REGISTER = { CALIBRATION: 0x88, H1: 0xa1, ID: 0xd0, RESET: 0xe0, H2: 0xe1, HUM: 0xf2, MEASURE: 0xf4, DATA: 0xf7 };
const RESET_WORD = 0xb6;
const SKIPPED = 0x80000;
const NORMAL = 3;

/** What is written into the chip at the factory. */
function calibration(hasHumidity: boolean): Record<number, number> {
  const words = [...T, ...P].flatMap((value) => [value & 0xff, (value >> 8) & 0xff]);
  const own = Object.fromEntries(words.map((byte, index) => [REGISTER.CALIBRATION + index, byte]));
  if (!hasHumidity) return own;
  const humid = [H[1] & 0xff, H[1] >> 8, H[2], H[3] >> 4, ((H[4] & 0xf) << 4) | (H[3] & 0xf), H[4] >> 4, H[5]];
  return { ...own, [REGISTER.H1]: H[0], ...Object.fromEntries(humid.map((byte, i) => [REGISTER.H2 + i, byte])) };
}

/** How many of 20 bits a converter gives at an oversampling of 2^(setting − 1). */
const kept = (counts: number, oversampling: number): number => {
  const lost = 4 - (Math.min(5, oversampling) - 1);
  return (counts >> lost) << lost;
};

/** @param id what the chip says it is; one with humidity says 0x60 */
export function createBosch({ quantity }: ChipSurroundings, id: number): Chip {
  const hasHumidity = id === 0x60;
  /** Counts for humidity take effect with the next write to the measuring register. */
  let humidityOn = 0;
  const { chip, file, reset } = createRegisters({
    initial: {
      ...calibration(hasHumidity),
      [REGISTER.ID]: id,
      [REGISTER.DATA]: 0x80,
      [REGISTER.DATA + 3]: 0x80,
      [REGISTER.DATA + 6]: 0x80,
    },
    pairs: true,
    readOnly: (register) => register !== REGISTER.RESET && (register < REGISTER.HUM || register >= REGISTER.DATA),
    written(register, value) {
      if (register === REGISTER.RESET && value === RESET_WORD) reset();
      if (register !== REGISTER.MEASURE) return;
      humidityOn = file.get(REGISTER.HUM) & 7;
      // A single measurement is taken at once, and the chip sleeps again.
      if ((value & 3) === 1 || (value & 3) === 2) {
        measure();
        file.set(REGISTER.MEASURE, value & ~3);
      }
    },
    refresh() {
      if ((file.get(REGISTER.MEASURE) & 3) === NORMAL) measure();
    },
  });

  const measure = () => {
    const setting = file.get(REGISTER.MEASURE);
    const celsius = Math.min(85, Math.max(-40, quantity('temperature')));
    const exact = inverse((counts) => fineTemperature(counts) / 5120, celsius, 0, 0xfffff);
    const temperature = setting >> 5 ? kept(exact, setting >> 5) : SKIPPED;
    const fine = fineTemperature(temperature);
    const over = (setting >> 2) & 7;
    const pascal = Math.min(110_000, Math.max(30_000, quantity('pressure') * 100));
    const pressure = over
      ? kept(
          inverse((counts) => pascals(counts, fine), pascal, 0, 0xfffff),
          over,
        )
      : SKIPPED;
    [pressure, temperature].forEach((counts, index) => {
      file.set(REGISTER.DATA + 3 * index, counts >> 12);
      file.set(REGISTER.DATA + 3 * index + 1, counts >> 4);
      file.set(REGISTER.DATA + 3 * index + 2, (counts & 0xf) << 4);
    });
    if (!hasHumidity) return;
    const humid = humidityOn
      ? inverse((counts) => percentHumidity(counts, fine), quantity('humidity'), 0, 0xffff)
      : 0x8000;
    file.setHighFirst(REGISTER.DATA + 6, humid);
  };
  return chip;
}
