import { createGrid } from '../../grid.ts';
import { normal, smoothNormal } from '../../random.ts';
import { setSignal } from '../../signals/message.ts';
import type { Quantity } from '../../types.ts';
import { saturation } from '../air.ts';
import type { Scene } from '../scene.ts';
import { createStation } from '../station.ts';
import { advance, type Climate, type Influences, outsideAt, sunAt } from './climate.ts';
import { greenhouseDescription } from './description.ts';

/** Seconds between two steps of the climate. */
const STEP = 0.05;
/** Seconds after which nothing is felt of the weather before: two days. */
const MEMORY = 1200;
const STREAM = { thermometer: 10, light: 11, soil: 12, outside: 13, chip: 14, humidity: 15, pressure: 16, weather: 17 };
/** lx under the glass: a clear noon, the grow lamp, and the night. */
const LUX = { noon: 48_000, lamp: 3_000, night: 2 };
/** Shares of its way that the window's motor does in a second. */
const WINDOW_SPEED = 0.7;
const SENSES: readonly Quantity[] = ['temperature', 'humidity', 'pressure', 'light'];
const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value));

/**
 * A greenhouse through days of ten minutes. The sun, the heater (relay on D7) and a grow lamp (D13) warm it; the window
 * (servo on D9) cools and dries it; plants drink from the soil and moisten the air.
 */
export function createGreenhouse(seed: number): Scene {
  const station = createStation(seed, greenhouseDescription, 0.5);
  const sun = setSignal(0.8, 0.2);
  const outside = setSignal(14, 0.3);
  const influences: Influences = { sun: 0.8, outside: 14, watering: 0, heater: 0, window: 0, lamp: 0 };
  let [heats, moves] = [true, true];
  let [heater, wanted] = [0, 0];
  let button: 0 | 1 = 0;
  let climate: Climate = { celsius: 17, vapour: 12, soil: 55 };
  let before = climate;

  const grid = createGrid({
    step: STEP,
    memory: MEMORY,
    advance: (seconds) => {
      influences.sun = sun.at(seconds);
      influences.outside = outside.at(seconds);
      influences.heater = heats ? heater : 0;
      const way = moves ? wanted - influences.window : 0;
      influences.window += between(-WINDOW_SPEED * STEP, way, WINDOW_SPEED * STEP);
      before = climate;
      climate = advance(climate, influences, seed, seconds, STEP);
    },
  });

  return {
    set(state) {
      sun.set(Number(state['sun']) / 100);
      outside.set(Number(state['outside']));
      influences.watering = Number(state['watering']) / 100;
      heats = state['heater'] === 'works';
      moves = state['window'] === 'moves';
      button = state['button'] === 'pressed' ? 1 : 0;
      station.set(state, SENSES);
    },
    act({ output, value }) {
      if (output === 'D7') heater = between(0, value, 1);
      if (output === 'D9' || output === 'pca9685:0') wanted = between(0, value / 90, 1);
      if (output === 'D13') influences.lamp = between(0, value, 1);
    },
    read(time) {
      const seconds = time / 1000;
      const tick = Math.round(time);
      const part = grid.to(seconds);
      const now = (name: keyof Climate) => before[name] + (climate[name] - before[name]) * part;
      const noise = (stream: number, sd: number) => sd * normal(seed, stream, tick);
      const celsius = now('celsius');
      const shining = sunAt(seed, seconds, sun.at(seconds));
      const lux = LUX.night + LUX.noon * shining + LUX.lamp * influences.lamp;
      const humidity = (100 * now('vapour')) / saturation(celsius) + noise(STREAM.humidity, 0.15);
      return station.read(seconds, {
        pins: {
          A0: celsius + noise(STREAM.thermometer, 0.15),
          A1: lux * (1 + noise(STREAM.light, 0.01)),
          A2: between(0, now('soil') + noise(STREAM.soil, 0.3), 100),
          A3: outsideAt(seed, seconds, outside.at(seconds)) + noise(STREAM.outside, 0.15),
        },
        levels: { D2: button },
        quantities: {
          temperature: celsius + noise(STREAM.chip, 0.02),
          humidity: between(0, humidity, 100),
          pressure: 1010 + 6 * smoothNormal(seed, STREAM.weather, seconds / 300) + noise(STREAM.pressure, 0.05),
          light: lux,
        },
      });
    },
  };
}
