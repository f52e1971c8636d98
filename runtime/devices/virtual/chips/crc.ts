/**
 * The checksum of Sensirion's chips and their kin: CRC-8 with the polynomial x⁸ + x⁵ + x⁴ + 1.
 *
 * @param start what the checksum begins with: 0xff of an SHT3x, 0 of an HTU21D
 * @example
 * crc8([0xbe, 0xef], 0xff); // 0x92
 */
export function crc8(bytes: readonly number[], start: number): number {
  let crc = start;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x31) & 0xff : crc << 1;
  }
  return crc;
}

/** A number of 16 bits, the high byte first, and its checksum. */
export function checkedWord(value: number, start: number): number[] {
  const word = [(value >> 8) & 0xff, value & 0xff];
  return [...word, crc8(word, start)];
}
