import type { Board } from 'johnny-five';
import type { OutputValue } from '../../catalogue/actuators/takes.ts';
import type { OutputWiring } from '../protocol.ts';

/** An actuator that was made: how its pins are used, and what sets it. */
export interface Driver {
  /** The Firmata mode of each pin, by its name. */
  readonly modes: Readonly<Record<string, number>>;
  set(value: OutputValue): void;
}

export interface Surroundings {
  readonly board: Board;
  /** The number of a pin on the wire. */
  readonly index: (pin: string) => number;
}

export type MakeDriver = (surroundings: Surroundings, wiring: OutputWiring) => Driver;
