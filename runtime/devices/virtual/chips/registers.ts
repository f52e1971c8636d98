import type { Chip } from './chip.ts';

export interface RegisterOptions {
  /** Value of each register after power-on; what is not named is 0. */
  readonly initial: Readonly<Record<number, number>>;
  /** Registers that only the chip itself writes. */
  readonly readOnly?: (register: number) => boolean;
  /** The register that follows, in one transaction. Default: the next one. */
  readonly next?: (register: number) => number;
  /** Writes come as pairs of a register and its value; nothing follows by itself. */
  readonly pairs?: true;
  /** Takes the bits of the first byte that are the register's address. Default: all eight. */
  readonly pointer?: (byte: number) => number;
  /** A register was written. */
  readonly written?: (register: number, value: number, file: RegisterFile, time: number) => void;
  /** Before a transaction reads: brings the chip's own registers up to date. */
  readonly refresh?: (file: RegisterFile, time: number) => void;
}

/** The 256 registers of a chip, a byte each. */
export class RegisterFile {
  readonly bytes = new Uint8Array(256);

  get(register: number): number {
    return this.bytes[register & 0xff] ?? 0;
  }

  set(register: number, value: number): void {
    this.bytes[register & 0xff] = value;
  }

  /** A number of 16 bits, the high byte first; negative ones in two's complement. */
  setHighFirst(register: number, value: number): void {
    this.set(register, (value >> 8) & 0xff);
    this.set(register + 1, value & 0xff);
  }

  /** The same, the low byte first. */
  setLowFirst(register: number, value: number): void {
    this.set(register, value & 0xff);
    this.set(register + 1, (value >> 8) & 0xff);
  }
}

/** A chip that is nothing but registers: the first byte of a write points at one, the others fill it and those after it. */
export function createRegisters(options: RegisterOptions): {
  readonly chip: Chip;
  readonly file: RegisterFile;
  reset(): void;
} {
  const {
    initial,
    readOnly,
    next = (register) => (register + 1) & 0xff,
    pointer = (byte) => byte,
    written,
    refresh,
    pairs,
  } = options;
  const file = new RegisterFile();
  let at = 0;
  const reset = () => {
    file.bytes.fill(0);
    for (const [register, value] of Object.entries(initial)) file.set(Number(register), value);
  };
  reset();
  return {
    file,
    reset,
    chip: {
      write(bytes, time) {
        const [first] = bytes;
        if (first === undefined) return;
        at = pointer(first);
        const put = (register: number, value: number) => {
          if (readOnly?.(register)) return;
          file.set(register, value);
          written?.(register, value, file, time);
        };
        let register = at;
        for (let index = 1; index < bytes.length; index += pairs ? 2 : 1) {
          if (pairs) register = pointer(bytes[index - 1] ?? 0);
          put(register, bytes[index] ?? 0);
          if (!pairs) register = next(register);
        }
      },
      read(count, time) {
        refresh?.(file, time);
        let register = at;
        return Array.from({ length: count }, () => {
          const value = file.get(register);
          register = next(register);
          return value;
        });
      },
    },
  };
}

/** The nearest whole number, within what `bits` bits of two's complement can hold: chips stop at their range's end. */
export function clip(value: number, bits: number): number {
  const most = 2 ** (bits - 1);
  return Math.min(most - 1, Math.max(-most, Math.round(value)));
}

/** The same without a sign. */
export const clipUnsigned = (value: number, bits: number): number =>
  Math.min(2 ** bits - 1, Math.max(0, Math.round(value)));
