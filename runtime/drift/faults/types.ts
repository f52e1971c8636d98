import type { SensorFault } from '../../messages/index.ts';
import type { ReferenceRows } from '../types.ts';

/** One fault that is on: of a feature or channel, or of the stream as a whole (a dropout, a clock jump). */
export interface Fault {
  /** The feature or channel; '' where it is the stream. */
  readonly name: string;
  readonly fault: SensorFault;
  /** When it began, ms since the epoch. */
  readonly since: number;
  /**
   * How far out, and from where on it counts: seconds stuck, seconds or readings missing, how far a spike or a value out of
   * range lies from what is usual (in the feature's unit), ms of a jump.
   */
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
  /** When the row was measured, as far as can be told: what the message says but for a jump of the clock. */
  readonly time: number;
}

/** What a feature can measure at all. */
export interface ExpectedRange {
  readonly min?: number;
  readonly max?: number;
}

export interface FaultWatchOptions {
  /** Of the columns. Features of one channel (`rms_x`, `peak_x`) are known by their end: one fault of it gets one name. */
  readonly names: readonly string[];
  /** Healthy rows: how rarely a value repeats, how far it steps. Left out: the first rows of the stream, taken to be healthy. */
  readonly reference?: ReferenceRows;
  /** By name of a column. Of what is in °C, K or % the possible range is known from `units`. */
  readonly expected?: Readonly<Record<string, ExpectedRange>>;
  /** By name of a column. */
  readonly units?: Readonly<Record<string, string>>;
  /** What `save` gave: goes on exactly there, if it is of the same names and reference. */
  readonly saved?: unknown;
}

/** Tells broken sensors from drift, value by value. Of bounded size. */
export interface FaultWatch {
  /**
   * @param row     a value a name; NaN where one is missing
   * @param time    when it was measured, ms since the epoch
   * @param missing readings missing before this one, where the source says so
   * @param arrived when it came in, ms on a clock that never goes back: tells a clock that jumped from a silence
   */
  push(row: ArrayLike<number>, time: number, missing?: number, arrived?: number): FaultsSeen;
  /**
   * Asked while no row comes: whether the stream has been silent for so long that it is a fault.
   *
   * @param arrived now, on the clock of `push`
   */
  silent(arrived: number): FaultsSeen;
  /** From when on `silent` has something to say, on the clock of `push`; `undefined`: it has said so, or cannot know. */
  readonly silentFrom: number | undefined;
  /** Everything it knows, as plain JSON. */
  save(): unknown;
}
