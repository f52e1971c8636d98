/** What is at the other end of the wires: small receivers that do what the data sheets say, and no more. */

interface Change {
  readonly pin: string;
  readonly value: number;
}

/** The bytes that are clocked in while a chip is selected, one list for each time that the last wire rises. */
export function shiftedBytes(changes: readonly Change[], [data, clock, latch]: readonly string[]): number[][] {
  const level = new Map<string | undefined, number>();
  const taken: number[][] = [];
  let bits: number[] = [];
  for (const { pin, value } of changes) {
    const rises = value === 1 && level.get(pin) !== 1;
    level.set(pin, value);
    if (pin === clock && rises) bits.push(level.get(data) ?? 0);
    if (pin === latch && rises) {
      const bytes = [];
      for (let at = 0; at + 8 <= bits.length; at += 8) bytes.push(Number.parseInt(bits.slice(at, at + 8).join(''), 2));
      taken.push(bytes);
      bits = [];
    }
  }
  return taken;
}

/** The registers of a row of MAX7219, the one that is wired to the board first. */
export function max7219(transfers: readonly (readonly number[])[], devices = 1): Map<number, number>[] {
  const chips = Array.from({ length: devices }, () => new Map<number, number>());
  for (const bytes of transfers) {
    // What is sent last stays in the first.
    chips.forEach((registers, device) => {
      const at = bytes.length - 2 * (device + 1);
      const [register = 0, value = 0] = bytes.slice(at, at + 2);
      if (register !== 0) registers.set(register, value);
    });
  }
  return chips;
}

/** A display of characters, fed with half bytes as they are taken when enable falls. */
export class Hd44780 {
  readonly memory = new Array<string>(0x80).fill(' ');
  lines = 1;
  lit = false;
  #address = 0;
  #wide = true;
  #half: number | undefined;

  take(bits: number, isText: boolean): void {
    if (this.#wide) {
      // Its four low wires are not connected: only the step to four bits matters.
      if (bits === 2) this.#wide = false;
      return;
    }
    if (this.#half === undefined) {
      this.#half = bits;
      return;
    }
    const byte = (this.#half << 4) | bits;
    this.#half = undefined;
    if (isText) this.memory[this.#address++ % 0x80] = String.fromCharCode(byte);
    else if (byte & 0x80) this.#address = byte & 0x7f;
    else if (byte & 0x20) this.lines = byte & 0x08 ? 2 : 1;
    else if (byte >= 0x08 && byte < 0x10) this.lit = (byte & 0x04) !== 0;
    else if (byte === 0x01) {
      this.memory.fill(' ');
      this.#address = 0;
    }
  }

  text(from: number, columns: number): string {
    return this.memory.slice(from, from + columns).join('');
  }
}

/** A display on six wires. */
export function onSixWires(changes: readonly Change[], [rs, en, ...data]: readonly string[]): Hd44780 {
  const display = new Hd44780();
  const level = new Map<string | undefined, number>();
  for (const { pin, value } of changes) {
    const falls = pin === en && value === 0 && level.get(pin) === 1;
    level.set(pin, value);
    if (falls)
      display.take(
        data.reduce((bits, wire, bit) => bits | ((level.get(wire) ?? 0) << bit), 0),
        level.get(rs) === 1,
      );
  }
  return display;
}

/** A display behind the eight pins of a PCF8574. */
export function onBackpack(ports: readonly number[]): Hd44780 & { light?: boolean } {
  const display: Hd44780 & { light?: boolean } = new Hd44780();
  let before = 0;
  for (const port of ports) {
    if (before & 0x04 && !(port & 0x04)) display.take(port >> 4, (port & 0x01) !== 0);
    display.light = (port & 0x08) !== 0;
    before = port;
  }
  return display;
}

/** The registers of a PCA9685 after these writes, and what its outputs do. */
export function pca9685(writes: readonly (readonly number[])[]) {
  const registers = new Map<number, number>();
  for (const [register = 0, ...values] of writes) values.forEach((value, at) => registers.set(register + at, value));
  const get = (register: number) => registers.get(register) ?? 0;
  const hertz = 25_000_000 / 4096 / (get(0xfe) + 1);
  return {
    hertz,
    awake: (get(0x00) & 0x10) === 0,
    /** The share of the time that it is on. */
    duty(output: number): number {
      const at = 0x06 + 4 * output;
      if (get(at + 3) & 0x10) return 0;
      if (get(at + 1) & 0x10) return 1;
      return (get(at + 2) + (get(at + 3) << 8) - get(at) - (get(at + 1) << 8)) / 4096;
    },
    /** µs */
    pulse(output: number): number {
      return (this.duty(output) * 1_000_000) / hertz;
    },
  };
}
