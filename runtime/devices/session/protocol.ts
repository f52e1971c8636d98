/** What the main thread and a board's worker say to each other. */
import type { ActuatorKind } from '../catalogue/actuators.ts';
import type { ChosenOptions, OutputValue } from '../catalogue/actuators/takes.ts';
import type { SensorKind } from '../catalogue/sensors.ts';
import type { Need, PinUse } from '../catalogue/types.ts';
import type { BoardSettings } from '../settings.ts';
import type { ComponentOptions, SensorValue } from '../types.ts';
import type { WorldState } from '../world/types.ts';

export type { PinUse } from '../catalogue/types.ts';

/** What a pin of the connected board can do. */
export interface PinAbility {
  /** `A0`, `D13` */
  readonly name: string;
  readonly uses: readonly PinUse[];
}

/** What a board says of itself when it is connected. */
export interface Connected {
  readonly pins: readonly PinAbility[];
  /** What else its firmware can do, as its pins and its name say. */
  readonly features: readonly Need[];
  /** Name and version that the firmware gives of itself. */
  readonly firmware: string;
}

export interface SensorRequest {
  readonly id: number;
  readonly kind: SensorKind;
  /** In the order of the roles of its kind; '' where an optional one is left out. */
  readonly pins: readonly string[];
  /** Of a chip on the bus. */
  readonly address?: number;
  /** Every one that its kind has. */
  readonly options: ComponentOptions;
  /** ms */
  readonly period: number;
}

/** An actuator and how it is wired: everything that is needed to make it. */
export interface OutputWiring {
  readonly kind: ActuatorKind;
  readonly pins: readonly string[];
  /** 0: it has none. */
  readonly address: number;
  readonly options: ChosenOptions;
}

/** Registers of a chip that are read at every instant. */
export interface FastReading {
  /** Its key in the catalogue. */
  readonly chip: string;
  readonly address: number;
  readonly label: string;
  readonly register: number;
  readonly bytes: number;
  /** Bytes before the first word. */
  readonly skip: number;
  readonly order: 'high first' | 'low first';
  /** What is written to the chip before. */
  readonly setup: readonly (readonly [register: number, value: number])[];
}

export interface SamplingPlan {
  /** ms between samples. */
  readonly interval: number;
  /** Analog pins that are read together. */
  readonly pins: readonly string[];
  /** Analog pins that only sensors need. */
  readonly others: readonly string[];
  /** Chips that are read together with the pins. */
  readonly chips: readonly FastReading[];
}

/** Why no readings come from a chip or sensor. */
export type Fault =
  /** Nothing answers; or something does, but gives nothing that can be right. */
  | { readonly what: 'nothing' | 'empty' }
  /** Another chip answers: its key in the table of identities, '' if it is not there. */
  | { readonly what: 'wrong'; readonly other: string };

export type SessionMethods = {
  /**
   * Resolves when the board has named its pins.
   *
   * @throws FIRMWARE_SILENT, FIRMWARE_UNKNOWN, FIRMWARE_OLD
   */
  connect(): Promise<Connected>;
  /** Answered at once by a thread that does not hang. */
  ping(): void;
  /** Bytes that came over the wire of a real board, with the time at which they were read, ms since the epoch. */
  receive(bytes: Uint8Array, time: number): void;
  sampling(plan: SamplingPlan): Promise<void>;
  addSensor(request: SensorRequest): Promise<void>;
  removeSensor(id: number): Promise<void>;
  /** Resolves with false, and takes nothing, where no chip answers at its address. */
  takeOutput(wiring: OutputWiring): Promise<boolean>;
  /** @returns of a matrix of lamps: its rows as they shine now, such as `#..#` */
  setOutput(wiring: OutputWiring, value: OutputValue): Promise<readonly string[] | undefined>;
  /** Somebody else may have its pins. */
  leaveOutput(wiring: OutputWiring): Promise<void>;
  /** @throws WORLD_INVALID */
  setWorld(change: unknown): WorldState;
  /** The board is to report nothing more, and no timer of it is left. */
  close(): Promise<void>;
};

/** What concerns the line to the board, and nobody who reads it. */
export type LineEvent =
  /** Bytes for the wire of a real board. */
  | { readonly kind: 'wire'; readonly bytes: Uint8Array }
  /** The board began anew: it was reset, or lost its power for a moment. */
  | { readonly kind: 'restarted' }
  /** Nothing came from the board for `seconds`, though it was asked. */
  | { readonly kind: 'silent'; readonly seconds: number }
  /** So many bytes came that are part of no Firmata message: they were left out. */
  | { readonly kind: 'garbled'; readonly bytes: number };

export type SessionEvent =
  | {
      readonly kind: 'frame';
      readonly time: number;
      /** In the order of the pins: counts of the converter, or words of a chip with their sign. */
      readonly counts: readonly number[];
      readonly missing: number;
      readonly interval: number;
      /** What was read: `A0`, or the address of a chip and the number of its word: `104:2`. */
      readonly pins: readonly string[];
    }
  | { readonly kind: 'sensor'; readonly id: number; readonly time: number; readonly value: SensorValue }
  /** No readings come from a sensor. Its next value says that it is back. */
  | { readonly kind: 'unanswered'; readonly id: number; readonly fault: Fault }
  | { readonly kind: 'pin'; readonly pin: string; readonly mode: PinUse; readonly value: number }
  | {
      /** A chip that is read together with the pins has a fault, or none any more. */
      readonly kind: 'answers';
      readonly address: number;
      readonly label: string;
      readonly fault?: Fault;
    }
  | {
      /** A virtual chip drives something else: a channel's duty (0 to 1), a level, the text of a display. */
      readonly kind: 'chip';
      readonly chip: string;
      readonly address: number;
      readonly output: string;
      readonly value: number | string;
    };

export type SessionData = BoardSettings;
