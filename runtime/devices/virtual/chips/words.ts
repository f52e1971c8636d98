import type { Chip } from './chip.ts';

export interface WordRegisterOptions {
  /** Value of each register after power-on; what is not named is 0. */
  readonly initial: Readonly<Record<number, number>>;
  readonly readOnly?: ReadonlySet<number>;
  /** Registers that hold a byte only. */
  readonly single?: ReadonlySet<number>;
  readonly written?: (register: number, value: number, set: (register: number, value: number) => void) => void;
  /** What a register holds now, where the chip itself makes it. */
  readonly live?: (register: number, get: (register: number) => number) => number | undefined;
}

/** A chip of 16-bit registers, the high byte first: the first byte of a write points at one, two more fill it. */
export function createWordRegisters({ initial, readOnly, single, written, live }: WordRegisterOptions): Chip {
  const values = new Map(Object.entries(initial).map(([register, value]) => [Number(register), value]));
  const get = (register: number) => values.get(register) ?? 0;
  let at = 0;
  return {
    write([first, high, low]) {
      if (first === undefined) return;
      at = first;
      if (high === undefined || readOnly?.has(at)) return;
      const value = single?.has(at) ? high : (high << 8) | (low ?? 0);
      values.set(at, value);
      written?.(at, value, (register, put) => values.set(register, put));
    },
    read(count) {
      const value = live?.(at, get) ?? get(at);
      if (single?.has(at)) return Array.from({ length: count }, () => value & 0xff);
      return Array.from({ length: count }, (_, index) => (value >> (index % 2 === 0 ? 8 : 0)) & 0xff);
    },
  };
}
