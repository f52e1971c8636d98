import type { Channel } from '../catalogue/channels.ts';
import { toUnit } from '../conversion.ts';
import { errors } from '../errors.ts';
import { quantise } from '../virtual/adc.ts';
import { createPump } from './pump.ts';
import { PUMP_CONTROLS, type PumpState, type SceneName, worldChange } from './schema.ts';

/** What the world puts on the pins at one instant. A pin that is not named is not wired: it reads 0. */
export interface WorldReading {
  /** Volts by analog pin. */
  readonly volts: Readonly<Record<string, number>>;
  /** Level by digital pin. */
  readonly levels: Readonly<Record<string, 0 | 1>>;
  /** Analog pins of which no reading comes: the wire to the sensor is loose. */
  readonly silent: ReadonlySet<string>;
  /** By how many ms the board's clock is off. */
  readonly clockOff: number;
}

/** A seeded scene that drives the pins of a virtual board. Pure: it knows no clock and no board. */
export interface World {
  readonly state: PumpState;
  /**
   * Changes what is given; the rest stays. The effect grows from the time of the last reading, within about 2 s.
   *
   * @throws WORLD_INVALID with what may be set
   */
  set(change: unknown): PumpState;
  /** @param time ms since the world began, never less than at the reading before. */
  read(time: number): WorldReading;
}

export interface WorldOptions {
  readonly scene: SceneName;
  /** The same seed, the same changes at the same times: the same readings. */
  readonly seed: number;
}

/**
 * Makes a world.
 *
 * @example
 * const world = createWorld({ scene: 'pump', seed: 1 });
 * world.set({ bearing: 'worn' });
 * world.read(10).volts.A0; // volts on the accelerometer's x axis, 10 ms after the beginning
 */
export function createWorld({ seed }: WorldOptions): World {
  const pump = createPump(seed);
  return {
    get state() {
      return pump.state;
    },
    set(change) {
      const parsed = worldChange.safeParse(change);
      if (!parsed.success) throw errors.WORLD_INVALID({ problem: problemOf(change), allowed: ALLOWED });
      const given = Object.entries(parsed.data).filter(([, value]) => value !== undefined);
      return pump.set(Object.fromEntries(given));
    },
    read: (time) => pump.read(time),
  };
}

/**
 * What a board with these channels would measure: the world's voltages, through the converter, in the channels' units.
 *
 * @param time ms since the world began
 * @returns one value a channel, in their order; NaN where no reading comes
 */
export function readChannels(world: World, channels: readonly Channel[], time: number): number[] {
  const { volts, silent } = world.read(time);
  return channels.map(({ kind, pin }) => (silent.has(pin) ? NaN : toUnit(kind, quantise(volts[pin] ?? 0))));
}

const ALLOWED = Object.entries(PUMP_CONTROLS)
  .map(([name, values]) => `${name}: ${values.map((value) => `"${value}"`).join(' or ')}`)
  .join(', ');

function problemOf(change: unknown): string {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) {
    return `${JSON.stringify(change)} is not an object`;
  }
  for (const [name, value] of Object.entries(change)) {
    if (!(name in PUMP_CONTROLS)) return `there is no "${name}"`;
    if (!(PUMP_CONTROLS[name as keyof typeof PUMP_CONTROLS] as readonly unknown[]).includes(value)) {
      return `${name} cannot be ${JSON.stringify(value)}`;
    }
  }
  return JSON.stringify(change);
}
