/** Words of flash of an ATmega328P. */
const FLASH_WORDS = 0x4000;
const DATA = 0;
const END = 1;
/** Where a program starts, for computers that need it said. */
const START_SEGMENT = 3;
const START_LINEAR = 5;

/**
 * The flash of an ATmega328P with a program in it; what the program does not fill is erased (0xffff).
 *
 * @param text Intel HEX
 * @throws {Error} that names the line that is wrong
 * @see Intel, Hexadecimal Object File Format Specification, revision A (1988)
 */
export function loadHex(text: string): Uint16Array {
  const flash = new Uint8Array(FLASH_WORDS * 2).fill(0xff);
  let ended = false;
  for (const [index, line] of text.split(/\r?\n/).entries()) {
    if (line.trim() === '') continue;
    const wrong = (problem: string) => new Error(`line ${index + 1} of the firmware ${problem}`);
    if (ended) throw wrong('comes after its end');
    if (!/^:([0-9a-f]{2}){5,}$/i.test(line)) throw wrong('is no Intel HEX');
    const bytes = Uint8Array.from(line.slice(1).match(/../g) ?? [], (pair) => parseInt(pair, 16));
    const [count = 0, high = 0, low = 0, kind] = bytes;
    if (bytes.length !== count + 5) throw wrong(`has ${bytes.length - 5} bytes and says ${count}`);
    if (bytes.reduce((sum, byte) => sum + byte, 0) & 0xff) throw wrong('has a wrong checksum');
    if (kind === DATA) {
      const at = (high << 8) | low;
      if (at + count > flash.length) throw wrong('lies outside of the flash');
      flash.set(bytes.subarray(4, 4 + count), at);
    } else if (kind === END) ended = true;
    else if (kind !== START_SEGMENT && kind !== START_LINEAR) throw wrong(`has a record of the kind ${kind ?? ''}`);
  }
  if (!ended) throw new Error('the firmware has no end: it is cut off');
  return new Uint16Array(flash.buffer);
}
