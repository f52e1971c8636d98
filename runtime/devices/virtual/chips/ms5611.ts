import type { ChipEntry } from './chip.ts';
import { inverse } from './search.ts';

/** The calibration of the worked example in the data sheet: C1 to C6. */
const C = [40_127, 36_924, 23_317, 23_282, 33_464, 28_312] as const;
/** All eight words that it holds: what the maker wrote, C1 to C6, and the checksum of AN520 over all of them. */
const PROM = [0x0041, ...C, 0x0002] as const;
const MOST = 2 ** 24 - 1;

/** Counts of temperature → °C, with the correction of the second order below 20 °C. */
export function ms5611Celsius(counts: number): number {
  const difference = counts - C[4] * 256;
  const hundredths = 2000 + (difference * C[5]) / 2 ** 23;
  return (hundredths - (hundredths < 2000 ? difference ** 2 / 2 ** 31 : 0)) / 100;
}

/** Counts of pressure → hPa, at the temperature that was counted. */
export function ms5611Hectopascals(counts: number, temperature: number): number {
  const difference = temperature - C[4] * 256;
  const hundredths = 2000 + (difference * C[5]) / 2 ** 23;
  let offset = C[1] * 2 ** 16 + (C[3] * difference) / 2 ** 7;
  let sensitivity = C[0] * 2 ** 15 + (C[2] * difference) / 2 ** 8;
  if (hundredths < 2000) {
    const cold = 5 * (hundredths - 2000) ** 2;
    const frost = hundredths < -1500 ? (hundredths + 1500) ** 2 : 0;
    offset -= cold / 2 + 7 * frost;
    sensitivity -= cold / 4 + (11 * frost) / 2;
  }
  return ((counts * sensitivity) / 2 ** 21 - offset) / 2 ** 15 / 100;
}

/** A barometer that takes single bytes as commands. */
export const ms5611: ChipEntry = {
  label: 'MS5611 barometer and thermometer',
  addresses: [0x77, 0x76],
  senses: ['temperature', 'pressure'],
  source: 'TE Connectivity MS5611-01BA03, 06/2017',
  make({ quantity }) {
    const celsius = () => Math.min(85, Math.max(-40, quantity('temperature')));
    let counted = 0;
    let reply: number[] = [];
    const bytes = (value: number, count: number) =>
      Array.from({ length: count }, (_, index) => (value >> (8 * (count - 1 - index))) & 0xff);
    return {
      write([command = 0]) {
        reply = [];
        const kind = command >> 4;
        const temperature = inverse(ms5611Celsius, celsius(), 0, MOST);
        if (kind === 5) counted = temperature;
        else if (kind === 4) {
          const pressure = Math.min(1200, Math.max(10, quantity('pressure')));
          counted = inverse((counts) => ms5611Hectopascals(counts, temperature), pressure, 0, MOST);
        } else if (command === 0) {
          reply = bytes(counted, 3);
          counted = 0;
        } else if (kind === 10) reply = bytes(PROM[(command >> 1) & 7] ?? 0, 2);
      },
      // What it was not asked for reads as nothing: it answers all the same.
      read: (count) => Array.from({ length: count }, (_, index) => reply[index] ?? 0),
    };
  },
};
