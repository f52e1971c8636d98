import type { Quantity } from '../../world/types.ts';

/**
 * A chip on the virtual I2C bus, as its data sheet has it: registers in, registers out. It knows no Firmata and no board.
 */
export interface Chip {
  /** One write transaction: mostly a register, then values for it and those that follow. */
  write(bytes: readonly number[], time: number): void;
  /** One read transaction from where the last write pointed. It does not move the pointer: a bus may ask for more than it needs. */
  read(count: number, time: number): readonly number[];
}

export interface ChipSurroundings {
  /** What the world has at this place now, in the quantity's unit. */
  quantity(name: Quantity): number;
  /** What is wired to an input of an expander, by its number; `undefined`: nothing. */
  level(input: string): 0 | 1 | undefined;
  /** What is wired to an input of a converter, by its number; `undefined`: nothing. */
  volts(input: string): number | undefined;
  /** What the chip drives: a channel of a PWM driver, a port of an expander, the text of a display. */
  drive(output: string, value: number | string): void;
}

export interface ChipEntry {
  readonly label: string;
  /** Seven bits each; the first is the one it has when nothing is strapped. */
  readonly addresses: readonly number[];
  /** What it senses. */
  readonly senses: readonly Quantity[];
  /** Data sheet, with its revision. */
  readonly source: string;
  make(surroundings: ChipSurroundings): Chip;
}
