/** Words of calibration that a chip carries with a checksum of their own: chips of TE (Measurement Specialties) do. */

/** Register of the first of the eight words. The others follow, two apart. */
export const PROM = 0xa0;
export const PROM_WORDS = 8;

/**
 * Whether eight words are what such a chip was calibrated with: their checksum of four bits is right, and none of the six
 * coefficients is missing.
 *
 * @see Measurement Specialties AN520, "C-code example for MS56xx", whose words have the checksum 11
 * @example
 * isProm([0x3132, 0x3334, 0x3536, 0x3738, 0x3940, 0x4142, 0x4344, 0x450b]); // true
 */
export function isProm(words: readonly number[]): boolean {
  if (words.length < PROM_WORDS || words.slice(1, 7).some((word) => word === 0 || word === 0xffff)) return false;
  const last = words[PROM_WORDS - 1] ?? 0;
  const bytes = words.slice(0, PROM_WORDS).flatMap((word, at) => [word >> 8, at === PROM_WORDS - 1 ? 0 : word & 0xff]);
  let remainder = 0;
  for (const byte of bytes) {
    remainder ^= byte;
    for (let bit = 0; bit < 8; bit++) remainder = ((remainder << 1) ^ (remainder & 0x8000 ? 0x3000 : 0)) & 0xffff;
  }
  return remainder >> 12 === (last & 0x0f);
}
