import type { Measure } from './measure.ts';
import type { SeasonProfile } from './season.ts';
import type { Shape } from './shape.ts';
import type { CalibrationSettings } from './calibrate.ts';

/** One number that is made of a window, and how far it strays while all is well. */
export interface Yardstick {
  /** The value that two windows in a row reach at this rate, while all is well. */
  thresholdAt(rate: number): number;
  /** At which rate two windows in a row reach this value; `rate` is that of a single feature's alarm. */
  rateOf(value: number, rate: number): number;
  /** Of so many healthy windows, one lies as far out. */
  oneIn(value: number): number;
}

/** What a feature is held against. */
export interface CalibratedFeature extends Yardstick {
  readonly name: string;
  /** Its place in a row. */
  readonly column: number;
  readonly kind: 'number' | 'category' | 'constant';
  /** By its standard name. */
  readonly statistic: string;
  /** From the reference. */
  readonly measure: Measure;
  /** Of the share of missing values in a window. */
  readonly missing: Yardstick;
  /** Where its middle lies in the reference, and the standard deviation. */
  readonly middle: number;
  readonly spread: number;
  readonly categories?: readonly string[];
  /** Of categories: the share of each, and of what was never seen. */
  readonly shares?: Float64Array;
  readonly profile?: SeasonProfile | undefined;
  readonly shape: Shape;
}

/** A column of a reference, and what it is calibrated for. */
export interface ColumnSource extends CalibrationSettings {
  readonly name: string;
  readonly column: number;
  /** In the order of time; NaN where one is missing. */
  readonly values: Float64Array;
  readonly segments: readonly number[];
}
