import type { Board } from 'johnny-five';
import type { Clock } from '../../../base/index.ts';
import type { OutputValue } from '../../catalogue/actuators/takes.ts';
import type { OutputWiring } from '../protocol.ts';
import type { OutputChips } from './chips/output-chips.ts';

/** An actuator that was made. */
export interface Driver {
  /** The pins are its own, from now on: sets their modes and what else must be before the first value. */
  take(): void;
  set(value: OutputValue): void;
  /** Of a matrix of lamps: its rows with this value, such as `#..#`, a lit lamp `#`. */
  shows?(value: OutputValue): readonly string[];
  /** The pins are no more its own. */
  leave?(): void;
}

export interface Surroundings {
  readonly board: Board;
  readonly clock: Clock;
  /** The number of a pin on the wire. */
  readonly index: (pin: string) => number;
  /** The chips on the bus that were driven before. */
  readonly chips: OutputChips;
}

export type MakeDriver = (surroundings: Surroundings, wiring: OutputWiring) => Driver;

/** Sets pins to a mode of Firmata's. */
export function modes({ board, index }: Surroundings, pins: readonly string[], mode: number): void {
  for (const pin of pins) board.io.pinMode(index(pin), mode);
}
