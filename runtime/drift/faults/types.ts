import type { SensorFault } from '../../messages/index.ts';

/** One fault that is on: of a feature or channel, or of the stream as a whole (a dropout, a clock jump). */
export interface Fault {
  /** The feature or channel; '' where it is the stream. */
  readonly name: string;
  readonly fault: SensorFault;
  /** When it began, ms since the epoch. */
  readonly since: number;
  /** How far out, and from where on it counts: seconds stuck, readings missing, deviations of a spike, ms of a jump. */
  readonly value: number;
  readonly threshold: number;
  /** "temperature has been 21.5 for 40 s" */
  readonly words: string;
}

/** What one row has brought about. */
export interface FaultsSeen {
  /** Faults that have begun or ended with this row. */
  readonly begun: readonly Fault[];
  readonly ended: readonly Fault[];
  /** All that are on. */
  readonly on: readonly Fault[];
  /** Columns of this row that are no measurements: they are left out of what is compared with the reference. */
  readonly unfit: readonly number[];
}

/** Tells broken sensors from drift, value by value. Of bounded size. */
export interface FaultWatch {
  /**
   * @param row     a value a name; NaN where one is missing
   * @param time    when it was measured, ms since the epoch
   * @param missing readings missing before this one, where the source says so
   */
  push(row: ArrayLike<number>, time: number, missing?: number): FaultsSeen;
  /** Everything it knows, as plain JSON. */
  save(): unknown;
}
