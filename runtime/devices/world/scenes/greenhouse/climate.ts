import { smoothNormal } from '../../random.ts';
import { saturation } from '../air.ts';

/** A day of the greenhouse, s. */
export const DAY = 600;
/** The hour at which it begins. */
const BEGINS = 8;
const STREAM = { clouds: 1, breeze: 2, weather: 3, wet: 4 };

/** What does something to the greenhouse. */
export interface Influences {
  /** 0 to 1: how much of the sun comes through the clouds. */
  sun: number;
  /** Mean temperature of the day outside, °C. */
  outside: number;
  /** 0 to 1 */
  watering: number;
  /** 0 to 1 */
  heater: number;
  /** 0 closed, 1 wide open. */
  window: number;
  /** 0 to 1 */
  lamp: number;
}

export interface Climate {
  /** Inside, °C. */
  celsius: number;
  /** Pressure of the water vapour inside, hPa. */
  vapour: number;
  /** Of the soil, %. */
  soil: number;
}

/** The hour of the day, 0 to 24. */
export const hourAt = (seconds: number): number => (BEGINS + (seconds / DAY) * 24) % 24;

/** How strongly the sun shines, 0 to 1 of a clear noon. */
export function sunAt(seed: number, seconds: number, sun: number): number {
  const height = Math.sin((Math.PI * (hourAt(seconds) - 6)) / 12);
  if (height <= 0) return 0;
  // They matter most where there are gaps between them.
  const clouds = 0.3125 * sun * (1 - sun) * smoothNormal(seed, STREAM.clouds, seconds / 6);
  return height * Math.max(0.03, Math.min(1, sun + clouds));
}

/** °C outside: warmest at three in the afternoon. */
export const outsideAt = (seed: number, seconds: number, mean: number): number =>
  mean +
  6 * Math.cos((2 * Math.PI * (hourAt(seconds) - 15)) / 24) +
  0.6 * smoothNormal(seed, STREAM.weather, seconds / 45);

/** Seconds after which 1/e of a difference to the outside is left: with everything closed, and what a window adds. */
const CLOSED = 40;
const OPEN = 9;
/** K that the full sun, the heater and the lamp warm a closed greenhouse by, in the end. */
const WARMTH = { sun: 18, heater: 16, lamp: 1 };
/** % a second that full watering adds to the soil, and what drains off above what it can hold. */
const WATER = { adds: 1.6, holds: 85, drains: 0.05 };

/**
 * The greenhouse a step later. A real one takes an hour where this one takes 25 s: its days are as much shorter.
 *
 * @param step seconds
 */
export function advance(
  climate: Climate,
  influences: Influences,
  seed: number,
  seconds: number,
  step: number,
): Climate {
  const { watering, heater, window, lamp } = influences;
  const { celsius, vapour, soil } = climate;
  const sun = sunAt(seed, seconds, influences.sun);
  const outside = outsideAt(seed, seconds, influences.outside);
  const breeze = 1 + 0.3 * smoothNormal(seed, STREAM.breeze, seconds / 4);
  const exchange = 1 / CLOSED + (window * Math.max(0.2, breeze)) / OPEN;
  const warming = (WARMTH.sun * sun + WARMTH.heater * heater + WARMTH.lamp * lamp) / CLOSED;

  const most = saturation(celsius);
  const outsideVapour = saturation(outside) * (0.62 + 0.08 * smoothNormal(seed, STREAM.wet, seconds / 120));
  // Plants drink in the light; wet soil dries where the air can take more.
  const thirst = (soil / 100) * (0.25 + sun + 0.3 * lamp) * (0.3 + (most - vapour) / most);
  const leak = 1 / (2 * CLOSED) + (window * Math.max(0.2, breeze)) / OPEN;
  const drained = Math.max(0, soil - WATER.holds) * WATER.drains;

  return {
    celsius: celsius + step * ((outside - celsius) * exchange + warming),
    vapour: Math.min(most, vapour + step * ((outsideVapour - vapour) * leak + 0.28 * thirst + 0.4 * watering)),
    soil: Math.min(100, Math.max(2, soil + step * (WATER.adds * watering - 0.16 * thirst - drained))),
  };
}
