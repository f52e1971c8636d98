import { createGrid } from '../../grid.ts';
import { normal, smoothNormal } from '../../random.ts';
import { setSignal } from '../../signals/message.ts';
import type { Quantity } from '../../types.ts';
import { saturation } from '../air.ts';
import type { Scene } from '../scene.ts';
import { createStation } from '../station.ts';
import { type PEOPLE, roomDescription } from './description.ts';
import { movesAt, nearestAt, peopleAt, voicesAt } from './people.ts';

/** Seconds between two steps of the climate. */
const STEP = 0.05;
/** Seconds after which 1/e of a difference to the outside is left; a real room takes an hour. */
const CLOSED = 60;
const AIRED = 150;
/** K that the radiator, the daylight and each person warm the room by, in the end. */
const WARMTH = { radiator: 12, daylight: 3, person: 0.8, house: 8 };
/** lx of a bright day by the window, and of the lamp. */
const LUX = { day: 900, lamp: 350, night: 0.5 };
/** The earth's magnetic field in the middle of Europe, µT: towards north, and down. */
const FIELD = { north: 20, down: 44 };
/** Volts of the microphone: at rest, and the most it adds. */
const MICROPHONE = { rest: 0.2, most: 3.5 };
/** Seconds around an instant from which the speed of a turn is taken. */
const MOMENT = 0.005;
/** Seconds after which nothing is felt of who was there before. */
const MEMORY = 1200;
const STREAM = {
  thermometer: 10,
  light: 11,
  sound: 12,
  distance: 13,
  chip: 14,
  humidity: 15,
  pressure: 16,
  clouds: 17,
  x: 18,
  y: 19,
  z: 20,
  rotation: 21,
  field: 24,
  step: 27,
};
const SENSES: readonly Quantity[] = [
  ...(['temperature', 'humidity', 'pressure', 'light', 'accelerationX', 'accelerationY', 'accelerationZ'] as const),
  ...(['rotationX', 'rotationY', 'rotationZ', 'fieldX', 'fieldY', 'fieldZ', 'distance'] as const),
];
const RADIANS = Math.PI / 180;
const between = (least: number, value: number, most: number) => Math.max(least, Math.min(most, value));

/**
 * A room with a sensor of everything. People come and go; a radiator (relay on D7), a blind (servo on D9) and a lamp (D13)
 * change it; the board lies on the table and can be tilted (about its x axis) and turned to another heading.
 */
export function createRoom(seed: number): Scene {
  const station = createStation(seed, roomDescription, 0.5);
  const daylight = setSignal(0.6, 0.2);
  const outside = setSignal(12, 0.3);
  const music = setSignal(0, 0.1);
  const pressure = setSignal(1013, 0.3);
  const tilt = setSignal(0, 0.25);
  const heading = setSignal(0, 0.25);
  let people: (typeof PEOPLE)[number] = 'come and go';
  let button: 0 | 1 = 0;
  let [radiator, lamp, wanted, blind] = [0, 0, 0, 0];
  let celsius = 20.5;
  let vapour = 10.5;
  let before = { celsius, vapour, blind };
  /** How hot the radiator itself is: its metal warms first. */
  let metal = 0;

  const clouded = (seconds: number) =>
    daylight.at(seconds) * (1 - blind) * (1 + 0.12 * smoothNormal(seed, STREAM.clouds, seconds / 15));
  const grid = createGrid({
    step: STEP,
    memory: MEMORY,
    advance: (seconds) => {
      before = { celsius, vapour, blind };
      const here = peopleAt(seed, seconds, people);
      blind += between(-0.7 * STEP, wanted - blind, 0.7 * STEP);
      metal += (radiator - metal) * (STEP / 1.5);
      const sun = between(0, clouded(seconds), 1.2);
      const gain = WARMTH.radiator * metal + WARMTH.daylight * sun + WARMTH.person * here + WARMTH.house;
      celsius += (STEP / CLOSED) * (outside.at(seconds) - celsius + gain);
      const outsideVapour = 0.7 * saturation(outside.at(seconds));
      vapour += (STEP / AIRED) * (outsideVapour + 1.2 + 1.4 * here - vapour);
      vapour = Math.min(vapour, saturation(celsius));
    },
  });

  return {
    set(state) {
      daylight.set(Number(state['daylight']) / 100);
      outside.set(Number(state['outside']));
      music.set(Number(state['music']) / 100);
      pressure.set(Number(state['pressure']));
      tilt.set(Number(state['tilt']));
      heading.set(Number(state['heading']));
      people = state['people'] as (typeof PEOPLE)[number];
      button = state['button'] === 'pressed' ? 1 : 0;
      station.set(state, SENSES);
    },
    act({ output, value }) {
      if (output === 'D7') radiator = between(0, value, 1);
      if (output === 'D9' || output === 'pca9685:0') wanted = between(0, value / 90, 1);
      if (output === 'D13') lamp = between(0, value, 1);
    },
    read(time) {
      const seconds = time / 1000;
      const tick = Math.round(time);
      const part = grid.to(seconds);
      const noise = (stream: number, sd: number) => sd * normal(seed, stream, tick);
      const here = peopleAt(seed, seconds, people);
      const moves = movesAt(seed, seconds, here);
      const warm = before.celsius + (celsius - before.celsius) * part;
      const humidity = (100 * (before.vapour + (vapour - before.vapour) * part)) / saturation(warm);
      const lux = LUX.night + LUX.day * Math.max(0, clouded(seconds)) + LUX.lamp * lamp;
      const beat = 0.7 + 0.3 * Math.abs(Math.sin(2 * Math.PI * 2 * seconds));
      const loud = between(0, voicesAt(seed, seconds, here) + 0.8 * music.at(seconds) * beat, 1);
      const near = nearestAt(seed, seconds, here);

      // Later first: what is set counts from the last time that was asked for.
      const speed = (turn: typeof tilt) => (turn.at(seconds + MOMENT) - turn.at(Math.max(0, seconds))) / MOMENT;
      const [tilting, turning] = [speed(tilt), speed(heading)];
      const [angle, way] = [tilt.at(seconds) * RADIANS, heading.at(seconds) * RADIANS];
      const [sin, cos] = [Math.sin(angle), Math.cos(angle)];
      // Footsteps on the floor are felt in the table.
      const steps = moves ? 0.008 : 0.002;
      const forth = -FIELD.north * Math.sin(way);
      return station.read(seconds, {
        pins: {
          A0: warm + noise(STREAM.thermometer, 0.12),
          A1: lux * (1 + noise(STREAM.light, 0.01)),
          A2: MICROPHONE.rest + MICROPHONE.most * loud * (1 + noise(STREAM.sound, 0.08)) + noise(STREAM.step, 0.01),
          A3: near + noise(STREAM.distance, 1),
        },
        levels: { D2: moves ? 1 : 0, D4: button },
        quantities: {
          temperature: warm + noise(STREAM.chip, 0.02),
          humidity: between(0, humidity + noise(STREAM.humidity, 0.1), 100),
          pressure: pressure.at(seconds) + noise(STREAM.pressure, 0.04),
          light: lux,
          accelerationX: noise(STREAM.x, steps),
          accelerationY: sin + noise(STREAM.y, steps),
          accelerationZ: cos + noise(STREAM.z, steps),
          rotationX: tilting + noise(STREAM.rotation, 0.06),
          rotationY: -turning * sin + noise(STREAM.rotation + 1, 0.06),
          rotationZ: -turning * cos + noise(STREAM.rotation + 2, 0.06),
          // x points along the board: at heading 0 to the north; z up.
          fieldX: FIELD.north * Math.cos(way) + noise(STREAM.field, 0.2),
          fieldY: -forth * cos - FIELD.down * sin + noise(STREAM.field + 1, 0.2),
          fieldZ: forth * sin - FIELD.down * cos + noise(STREAM.field + 2, 0.2),
          distance: near,
        },
      });
    },
  };
}
