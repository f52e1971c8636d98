/** The room's public face: boards, what is read from them and what is written to them. */
import type { MillraceError } from '../base/index.ts';
import type { BoardAbilities, BoardProfile, SerialPorts, ViewOf } from '../messages/index.ts';
import type { ActuatorKind } from './catalogue/actuators.ts';
import type { ChosenOptions, OutputValue } from './catalogue/actuators/takes.ts';
import type { Channel } from './catalogue/channels.ts';
import type { SensorKind } from './catalogue/sensors.ts';
import type { BoardSettings } from './settings.ts';
import type { WorldState } from './world/types.ts';

/** Every board of a process. */
export interface Boards {
  /**
   * Opens the board of a config node. Resolves when it answers; a board that does not answer yet is tried again.
   *
   * @param id of the config node: opening it again closes the board that was open under it
   */
  open(id: string, settings: Partial<BoardSettings>): Promise<Board>;
  /** The built-in virtual pump: what nodes use that name no board. Opened once, kept until no pin of it is in use. */
  standard(): Promise<Board>;
  /**
   * Hears the state of the built-in board while something uses it, and `undefined` when it has ended. Returns a function
   * that ends the hearing.
   */
  onStandardState(listener: (state: BoardState | undefined) => void): () => void;
  /** The board that is open under this id: the config node's, or `standard`, which is opened if it is not. */
  find(id: string): Promise<Board> | undefined;
  /** What the real boards that are connected have said of themselves. */
  profiles(): readonly BoardProfile[];
  /** The serial ports that something is plugged into now. */
  ports(): Promise<SerialPorts['ports']>;
  /** Sources stop: no more samples or readings come. Outputs still work. */
  pause(): void;
  /** Puts outputs in their safe state and ends every board. */
  close(): Promise<void>;
}

export interface Board {
  readonly id: string;
  readonly name: string;
  /** False of real hardware: its world cannot be set. */
  readonly virtual: boolean;
  /**
   * Reads several analog pins together, each sample stamped where it is read. Pins are shared with other readers.
   *
   * @throws PIN_UNKNOWN, PIN_MODE, PIN_TAKEN, CHANNELS_INVALID, RATE_TOO_FAST
   */
  sample(request: SampleRequest, listener: Listener<Sample>): Subscription;
  /**
   * Reads one sensor of the catalogue through Johnny-Five.
   *
   * @throws PIN_UNKNOWN, PIN_MODE, PIN_TAKEN
   */
  read(request: ReadRequest, listener: Listener<Measurement>): Subscription;
  /**
   * Takes a pin for an actuator of the catalogue: nobody else can have it until it is closed.
   *
   * @throws PIN_UNKNOWN, PIN_MODE, PIN_TAKEN
   */
  output(request: OutputRequest): Output;
  /**
   * Changes the virtual world; what `change` leaves out stays. On real hardware nothing happens.
   *
   * @returns the world's state after the change, or `undefined` on real hardware
   * @throws WORLD_INVALID with what may be set
   */
  setWorld(change: unknown): Promise<WorldState | undefined>;
  state(): BoardState;
  /** What it can do, and who uses it. */
  abilities(): BoardAbilities;
  /** Hears the state when it changes, readings at most four times a second. Returns a function that ends the hearing. */
  onState(listener: (state: BoardState) => void): () => void;
  /** Puts outputs in their safe state and ends the board's worker. */
  close(): Promise<void>;
}

/** As the sidebar shows it. */
export type BoardState = Omit<ViewOf<'board'>, 'kind'>;

export interface SampleRequest {
  /** Who asks: named to whoever wants the pin as an output. */
  readonly holder: string;
  readonly channels: readonly Channel[];
  /** Samples a second. */
  readonly rate: number;
}

export interface Sample {
  /** ms since the epoch, where the sample was read. */
  readonly time: number;
  /** In the order of the channels, in their units. */
  readonly values: readonly number[];
  /** How many samples are missing right before this one: they were never read, and are not made up. */
  readonly missing: number;
}

export interface ReadRequest {
  readonly holder: string;
  /** Shown beside the pin. Default: what the catalogue calls it. */
  readonly label?: string;
  readonly kind: SensorKind;
  /** In the order of the roles of its kind; '' leaves an optional one out. */
  readonly pins: readonly string[];
  /** Of a chip on the bus. Default: the usual one. */
  readonly address?: number;
  /** What is left out is as its kind has it. */
  readonly options?: ComponentOptions;
  /** ms */
  readonly period: number;
}

/** Settings of a component, by key. */
export type ComponentOptions = Readonly<Record<string, number | string | boolean>>;

export interface Measurement {
  /** ms since the epoch, where it was read. */
  readonly time: number;
  /** By name where the sensor gives several. */
  readonly value: SensorValue;
}

/** What a sensor gives at once: a number, what was said or typed, or several numbers by name. */
export type SensorValue = number | string | Readonly<Record<string, number>>;

export interface Listener<T> {
  next(value: T): void;
  /** The board is being connected for the first time: nothing comes until `back`. */
  connecting?(): void;
  /** The board is gone, or cannot do this; nothing comes until `back`. */
  lost?(error: MillraceError): void;
  back?(): void;
}

export interface Subscription {
  /** The unit of each value. */
  readonly units: readonly string[];
  /** What is really read, samples a second: boards sample in whole milliseconds. */
  readonly rate: number;
  close(): void;
}

export interface OutputRequest {
  readonly holder: string;
  /** Shown beside the pin. Default: what the catalogue calls it. */
  readonly label?: string;
  readonly kind: ActuatorKind;
  /** In the order of the catalogue's roles; an optional one that is not wired is empty. */
  readonly pins: readonly string[];
  /** Of a chip on the bus. 0 or absent: its usual one. */
  readonly address?: number;
  /** What is absent is as the catalogue has it. */
  readonly options?: ChosenOptions;
  /** The board is being connected for the first time: what is set is kept for it. */
  readonly connecting?: () => void;
  readonly lost?: (error: MillraceError) => void;
  readonly back?: () => void;
}

export interface Output {
  /**
   * While the board is connected for the first time the value is kept, and set with `back`. One that a lost board did not get
   * is refused, but set when it is back, except steps.
   *
   * @param value as the catalogue's entry takes it: of a lamp `true`, `1`, `'on'` or a brightness, of a servo degrees
   * @returns what it was set to, as plain data
   * @throws VALUE_INVALID, PIN_MODE (brightness on a pin without PWM), BOARD_LOST or why it cannot be reached
   */
  set(value: unknown): Promise<OutputValue>;
  /** What it is at; `undefined`: it was not set since its board is connected. */
  value(): OutputValue | undefined;
  /** Sets the safe value and lets the pins go. */
  close(): Promise<void>;
}
