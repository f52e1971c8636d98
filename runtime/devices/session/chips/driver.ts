/**
 * A chip on the I2C bus as it is read here. Johnny-Five has drivers for most of these too, but they read as fast as they can,
 * never rest, never start again after a loose wire, repeat what they had last, and some are wrong (said at each).
 */
import type { ComponentOptions } from '../../types.ts';

/** One chip's place on the bus. */
export interface Port {
  /** One write transaction: mostly a register and what goes into it. */
  write(...bytes: readonly number[]): void;
  /** @throws CHIP_SILENT if not every byte comes */
  read(register: number | undefined, count: number): Promise<Bytes>;
  pause(ms: number): Promise<void>;
}

/** What answers is not the chip that it is read as. */
export class OtherChip extends Error {}

export interface Driver {
  /**
   * Wakes the chip and sets it up. Also after it was away: it may have lost its settings.
   *
   * @throws OtherChip
   */
  start?(): Promise<void> | void;
  /** One reading, by name: units are those of the catalogue. */
  read(): Promise<Readonly<Record<string, number>>>;
}

export type MakeDriver = (port: Port, options: ComponentOptions) => Driver;

/** What came over the bus. */
export class Bytes {
  readonly length: number;
  readonly #bytes: readonly number[];

  constructor(bytes: readonly number[]) {
    this.#bytes = bytes;
    this.length = bytes.length;
  }

  at(index: number): number {
    return this.#bytes[index] ?? 0;
  }

  /** 16 bits, high byte first. */
  high(index: number): number {
    return (this.at(index) << 8) | this.at(index + 1);
  }

  /** 16 bits, low byte first. */
  low(index: number): number {
    return this.at(index) | (this.at(index + 1) << 8);
  }

  /** 24 bits, high byte first. */
  high24(index: number): number {
    return (this.at(index) << 16) | (this.at(index + 1) << 8) | this.at(index + 2);
  }
}

/** A number of so many bits in two's complement. */
export const signed = (value: number, bits: number): number => (value >= 2 ** (bits - 1) ? value - 2 ** bits : value);

/** Three axes by name. */
export const three = (of: string, x: number, y: number, z: number) => ({ [`${of}X`]: x, [`${of}Y`]: y, [`${of}Z`]: z });
