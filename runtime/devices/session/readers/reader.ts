import type { Board } from 'johnny-five';
import type { Clock } from '../../../base/index.ts';
import type { SensorEntry } from '../../catalogue/types.ts';
import type { Bus } from '../bus.ts';
import type { Fault, SensorRequest } from '../protocol.ts';

/** Something that is read over and over, and can be put away: it rests while nobody wants it. */
export interface Component {
  wake(): void;
  rest(): void;
}

/** What a reader has to do with. */
export interface Surroundings {
  readonly board: Board;
  readonly clock: Clock;
  readonly bus: Bus;
  /** A pin's number in the protocol. */
  index(pin: string): number;
  /** What this board's converter counted, as the table reckons with it: `pinVolts`. */
  volts(counts: number, ratiometric?: boolean): number;
  /** When this analog pin was last read, ms since the epoch; `undefined`: not yet. */
  lastRead(pin: string): number | undefined;
  /** When the bytes that are being delivered were read, ms since the epoch. */
  stamp(): number;
}

/** Where readings go: by name, each with when it was read. */
export interface Receiver {
  /** @returns false if what the sensor is to give is not among them */
  take(values: Readonly<Record<string, number>>, time: number): boolean;
  /** No readings come any more, or ever did. */
  silent(fault: Fault): void;
}

export type MakeReader = (
  request: SensorRequest,
  entry: SensorEntry,
  surroundings: Surroundings,
  receiver: Receiver,
) => Component;
