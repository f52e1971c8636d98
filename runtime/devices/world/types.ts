/** What worlds say to the boards in them. A world is pure: it knows no clock, no board and no wire. */

/** What a chip may sense, and in which unit: the same everywhere. */
export const QUANTITIES = {
  temperature: '°C',
  humidity: '%',
  /** Absolute, at the place of the board. */
  pressure: 'hPa',
  light: 'lx',
  accelerationX: 'g',
  accelerationY: 'g',
  accelerationZ: 'g',
  rotationX: '°/s',
  rotationY: '°/s',
  rotationZ: '°/s',
  fieldX: 'µT',
  fieldY: 'µT',
  fieldZ: 'µT',
  distance: 'cm',
} as const;
export type Quantity = keyof typeof QUANTITIES;

/** What the world puts on the pins and chips at one instant. A pin that is not named is not wired: it reads 0. */
export interface WorldReading {
  /** Volts by analog pin. */
  readonly volts: Readonly<Record<string, number>>;
  /** Level by digital pin. */
  readonly levels: Readonly<Record<string, 0 | 1>>;
  /** Analog pins of which no reading comes: the wire to the sensor is loose. */
  readonly silent: ReadonlySet<string>;
  /** By how many ms the board's clock is off. */
  readonly clockOff: number;
  /** What there is to be sensed by chips. What is not named is at rest: 0, but 21 °C, 45 %, 1013.25 hPa and 1 g downwards. */
  readonly quantities: Readonly<Partial<Record<Quantity, number>>>;
  /** What single chips sense instead of that, by address: broken ones. */
  readonly sensed?: ReadonlyMap<number, Readonly<Partial<Record<Quantity, number>>>>;
  /** Chips that do not answer now, by address: the wire to them is loose. */
  readonly absent: ReadonlySet<number>;
}

/** A part of the world that a message, a slider or a button sets. */
export type Control =
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: string;
      readonly value: string;
      /** The first is the well one. */
      readonly options: string[];
    }
  | {
      readonly kind: 'slider';
      readonly name: string;
      readonly label: string;
      readonly value: number;
      readonly unit: string;
      readonly min: number;
      readonly max: number;
      readonly step: number;
    };

/** The world's state, by the name of the control. */
export type WorldState = Readonly<Record<string, string | number>>;

/** A chip that is wired to the board's I2C bus. */
export interface PlacedChip {
  /** Its key in the list of chips. */
  readonly chip: string;
  readonly address: number;
}

/** What a board does to its surroundings: an output of a pin, or of a chip (`pca9685:0`). */
export interface Deed {
  readonly output: string;
  /** 0 to 1 of a level or a duty; degrees of a servo; -1 to 1 of what turns on at a speed. */
  readonly value: number;
}

/** A seeded scene that drives the pins and the chips of a virtual board. */
export interface World {
  readonly state: WorldState;
  readonly controls: readonly Control[];
  readonly chips: readonly PlacedChip[];
  /**
   * Changes what is given; the rest stays.
   *
   * @throws WORLD_INVALID with what may be set
   */
  set(change: unknown): WorldState;
  /** What the board does, from the time of the last reading on: a heater warms, an open window cools. */
  act(deed: Deed): void;
  /** @param time ms since the world began, never less than at the reading before. */
  read(time: number): WorldReading;
}
