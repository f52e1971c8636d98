/** The analog-to-digital converter of an Uno: 10 bit over 5 V. */
export const REFERENCE_VOLTS = 5;
const FULL_SCALE = 1023;

/**
 * What the converter makes of a voltage.
 *
 * @param volts clipped to 0–5 V
 * @returns counts, 0 to 1023
 */
export function quantise(volts: number): number {
  const counts = Math.floor((volts / REFERENCE_VOLTS) * (FULL_SCALE + 1));
  return Math.min(FULL_SCALE, Math.max(0, counts));
}

/** The voltage that a count stands for, as Johnny-Five reckons it: `counts × 5 / 1023`. */
export function countsToVolts(counts: number): number {
  return (counts * REFERENCE_VOLTS) / FULL_SCALE;
}
