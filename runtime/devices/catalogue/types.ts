/** What the catalogue says of a component. From it come the dialogs, the checks before anything is touched, and docs/devices.md. */

import type { ChosenOptions, OutputValue, Takes } from './actuators/takes.ts';

/** What a pin must be able to do. `i2c`: the board's two wires of the bus. */
export type PinUse = 'analog' | 'digital' | 'output' | 'pwm' | 'servo' | 'i2c';

/** What only some firmware can do. */
export type Need = 'i2c' | 'onewire' | 'serial' | 'stepper' | 'ping' | 'tone';

/** A wire of the component. */
export interface PinRole {
  /** `signal`, `red`, `trigger`: names it in the settings. */
  readonly role: string;
  readonly label: string;
  readonly use: PinUse;
  /** The pin that is proposed, such as `A3`. */
  readonly standard: string;
  readonly optional?: true;
}

/** A setting of the component. Numbers have a unit and bounds. */
export type ComponentOption =
  | {
      readonly kind: 'number';
      readonly key: string;
      readonly label: string;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      /** Only whole numbers. */
      readonly whole?: true;
      readonly standard: number;
    }
  | {
      readonly kind: 'choice';
      readonly key: string;
      readonly label: string;
      readonly options: readonly { readonly value: string; readonly label: string }[];
      readonly standard: string;
    }
  | { readonly kind: 'flag'; readonly key: string; readonly label: string; readonly standard: boolean };

/** A value that a component gives or takes. */
export interface ValueEntry {
  /** Its name in the payload, where there are several. */
  readonly name: string;
  /** '' has none. */
  readonly unit: string;
  /** What can be right; what lies outside is a fault of the wiring. */
  readonly min?: number;
  readonly max?: number;
}

/** What every component has. */
export interface ComponentEntry {
  readonly label: string;
  /** `thermometer`, `servo`: under which the dialog lists it. */
  readonly group: string;
  readonly pins: readonly PinRole[];
  /** Of a chip on the bus: its addresses, the usual one first. */
  readonly addresses?: readonly number[];
  readonly options?: readonly ComponentOption[];
  readonly needs?: readonly Need[];
  /** What to know about the wiring, in a sentence. */
  readonly note?: string;
}

/** A value that a sensor gives. */
export interface Given extends ValueEntry {
  /** What it is called where it is read. Default: its name. */
  readonly of?: string;
}

/**
 * How a sensor is read. `analog`: the voltages on its pins. `level`: one digital pin, once a period. `change`: one digital
 * pin, when it changes. `chip`: over the I2C bus. The others need firmware that can do it.
 */
export type Reader = 'analog' | 'level' | 'change' | 'chip' | 'ping' | 'onewire' | 'serial';

export interface SensorEntry extends ComponentEntry {
  readonly reader: Reader;
  /** Of an analog sensor: its values by name, from the volts on its pins in the order of the roles. */
  readonly convert?: (volts: readonly number[], options: Settings) => Readonly<Record<string, number>>;
  /** Of an analog sensor: it gives a share of the board's supply, whatever that is; `convert` gets that share of 5 V. */
  readonly ratiometric?: true;
  /** Of a chip on the bus: which. Several rows may read one chip in several roles. */
  readonly chip?: string;
  /** One: the payload is that value. Several: an object. */
  readonly gives: readonly [Given, ...Given[]];
  /** Sends when it changes instead of once a period. */
  readonly onChange?: true;
  /** Readings a second at most, by its data sheet. */
  readonly fastest?: number;
}

/** Settings of one component, by the key of the option. */
export type Settings = Readonly<Record<string, number | string | boolean>>;

export interface ActuatorEntry extends ComponentEntry {
  /** What it takes, in words, for dialogs and errors. */
  readonly range: string;
  readonly takes: Takes;
  /** What it is set to when its node stops. */
  readonly safe: OutputValue;
  /** Where that is the user's to choose. `undefined`: it is left as it is. */
  readonly stop?: (options: ChosenOptions) => OutputValue | undefined;
  /**
   * ms between two values at the least: what a servo can follow, or a line of 57,600 baud carries. Of what comes faster the
   * newest value is set. Default: 20. 0: every value counts.
   */
  readonly pace?: number;
  /** The chip that it is on. */
  readonly chip?: string;
  /** The virtual chips that are one of these, where they have other names. */
  readonly twins?: readonly string[];
  /** The outputs of the chip that it takes for itself. Default: all of them. */
  readonly outputs?: (options: ChosenOptions) => readonly number[];
}
