/** The analog-to-digital converter of an Uno: 10 bit over 5 V. */
export const REFERENCE_VOLTS = 5;
export const FULL_SCALE = 1023;

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

/**
 * The voltage that the table of components reckons with, on a board whose converter reads all it can at `most` volts.
 *
 * @param counts      1023 are all that there can be
 * @param ratiometric it is a share of the board's supply, whatever that is: taken for that share of 5 V
 */
export function pinVolts(counts: number, most: number, ratiometric = false): number {
  return ratiometric || most === REFERENCE_VOLTS ? countsToVolts(counts) : (counts * most) / FULL_SCALE;
}
