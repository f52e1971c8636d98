/** What the main thread and a board's worker say to each other. */
import type { ActuatorKind } from '../catalogue/actuators.ts';
import type { ChosenOptions, OutputValue } from '../catalogue/actuators/takes.ts';
import type { SensorKind } from '../catalogue/sensors.ts';
import type { PinUse } from '../catalogue/types.ts';
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

export interface SamplingPlan {
  /** ms between samples. */
  readonly interval: number;
  /** Analog pins that are read together. */
  readonly pins: readonly string[];
  /** Analog pins that only sensors need. */
  readonly others: readonly string[];
}

export type SessionMethods = {
  /** Resolves when the board has named its pins. */
  connect(): Promise<readonly PinAbility[]>;
  sampling(plan: SamplingPlan): Promise<void>;
  addSensor(request: SensorRequest): Promise<void>;
  removeSensor(id: number): Promise<void>;
  takeOutput(wiring: OutputWiring): Promise<void>;
  setOutput(wiring: OutputWiring, value: OutputValue): Promise<void>;
  /** @throws WORLD_INVALID */
  setWorld(change: unknown): WorldState;
};

export type SessionEvent =
  | {
      readonly kind: 'frame';
      readonly time: number;
      /** Counts in the order of the plan's pins. */
      readonly counts: readonly number[];
      readonly missing: number;
      readonly interval: number;
      /** The plan that this frame was read by. */
      readonly pins: readonly string[];
    }
  | { readonly kind: 'sensor'; readonly id: number; readonly time: number; readonly value: SensorValue }
  | { readonly kind: 'pin'; readonly pin: string; readonly mode: PinUse; readonly value: number }
  | {
      /** A virtual chip drives something else: a channel's duty (0 to 1), a level, the text of a display. */
      readonly kind: 'chip';
      readonly chip: string;
      readonly address: number;
      readonly output: string;
      readonly value: number | string;
    };

export type SessionData = BoardSettings;
