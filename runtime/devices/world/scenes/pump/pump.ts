import { clockOffAt } from './clock-fault.ts';
import { loadAt } from './load.ts';
import { createSensorFaults } from '../../faults/sensor-faults.ts';
import { normal, smooth, uniform } from '../../random.ts';
import type { Scene } from '../scene.ts';
import { type PumpState, WELL_PUMP } from './controls.ts';
import { ambientAt, demandAt } from './season.ts';

/** What moves slowly is advanced on this grid; what is fast is computed for the very instant of a reading. */
const STEP = 0.01;
/** Nobody read for so long: the shaft's angle no longer matters, and is not caught up with. */
const LONGEST_CATCH_UP = 300;

/** Streams of random numbers. */
const STREAM = {
  balance: 2,
  wear: 3,
  gust: 4,
  x: 5,
  y: 6,
  z: 7,
  spike: 8,
  thermal: 9,
  light: 10,
  impulse: 11,
  jitter: 12,
  // A broken sensor takes four.
  thermometerFault: 20,
  accelerometerFault: 24,
};

const AXES = ['A0', 'A1', 'A2'];
const THERMOMETER = ['A3'];
const NONE: ReadonlySet<string> = new Set();
/** Its pins leave no room for a bus. */
const NO_CHIPS = { quantities: {}, absent: new Set<number>() };

/** Passes of the bearing's cage a turn of the shaft: one damaged roller enters the load zone this often. */
const CAGE = 0.41;
/** The housing rings at this frequency and dies away with this time constant after each blow. */
const RING_HERTZ = 33;
const RING_SECONDS = 0.018;
const RING_OVER = 0.15;

/** Amplitude and phase of the shaft's harmonics, one to four times its speed, on each axis. */
const HARMONICS = {
  x: [1, 0, 0.45, 0.8, 0.22, 2.1, 0.1, 0.3],
  y: [0.85, 1.57, 0.5, 2.6, 0.18, 0.4, 0.12, 1.9],
  z: [0.4, 0.5, 0.3, 1.1, 0.25, 2.9, 0.08, 2.2],
} as const;
type Axis = keyof typeof HARMONICS;
const BLOW = { x: 1, y: 0.8, z: 0.5 } as const;

/** A thermometer that drifts: quickly by this much, then creeping on. */
const DRIFT_KELVIN = 10;
const CREEP_KELVIN_A_SECOND = 0.01;
const CREEP_MOST = 5;

interface Blow {
  readonly at: number;
  readonly strength: number;
}

/**
 * A belt-driven water pump, about 560 turns a minute: an ADXL335 on A0–A2 (z points up, so gravity is in it), a TMP36 on
 * A3, the room's light on A4, the valve's potentiometer on A5 and a level switch on D2.
 *
 * Well: shaft harmonics and flow noise that grow with load. Worn bearing: ringing blows at cage frequency, harder and
 * softer by turns. Blocked inlet: cavitation, a broad-band noise that gusts, while the shaft runs a little lighter.
 * Daily season: the room is warmer by day and less water is wanted at night.
 */
export function createPump(seed: number): Scene {
  let state: PumpState = WELL_PUMP;
  /** Seconds since the beginning, on the grid; readings lie at most a step before it. */
  let now = 0;
  let turns = uniform(seed, STREAM.balance, -1);
  let turnsBefore = turns;
  let heat = warmedUp((seconds) => loadAt(seed, seconds));
  let wear = 0;
  let cavitation = 0;
  let offset = 0;
  let creep = 0;
  let blows: Blow[] = [];
  /** How much of the day is felt, 0 to 1. */
  let daily = 0;
  /** When the first reading was taken after the clock broke. */
  let clockSince: number | undefined;
  const thermometer = createSensorFaults(seed, STREAM.thermometerFault);
  const accelerometer = createSensorFaults(seed, STREAM.accelerometerFault);
  const celsiusVolts = new Float64Array(THERMOMETER.length);
  const axisVolts = new Float64Array(AXES.length);

  const load = (seconds: number) => {
    const whole = loadAt(seed, seconds);
    return daily === 0 ? whole : whole * (1 - daily * (1 - demandAt(seconds)));
  };

  const step = () => {
    const pull = load(now);
    const cageBefore = turns * CAGE;
    turnsBefore = turns;
    turns += (9.8 - 0.5 * pull) * STEP;
    const cage = turns * CAGE;
    const number = Math.floor(cage);
    // Rollers slip: no blow comes exactly on time.
    const due = number + 0.1 + 0.16 * uniform(seed, STREAM.jitter, number);
    if (cageBefore < due && cage >= due) {
      const at = now + (STEP * (due - cageBefore)) / (cage - cageBefore);
      const strength = (0.55 + 0.85 * pull) * (0.55 + 0.9 * uniform(seed, STREAM.impulse, number));
      blows = [...blows.filter((blow) => at - blow.at < RING_OVER), { at, strength }];
    }
    heat += (pull - heat) * (STEP / 15);
    wear += ((state.bearing === 'worn' ? 1 : 0) - wear) * (STEP / 0.4);
    cavitation += ((state.inlet === 'blocked' ? 1 : 0) - cavitation) * (STEP / 0.4);
    const drifting = state.temperatureSensor === 'drifting';
    offset += ((drifting ? DRIFT_KELVIN : 0) - offset) * (STEP / (drifting ? 1.2 : 0.4));
    creep = drifting ? Math.min(CREEP_MOST, creep + CREEP_KELVIN_A_SECOND * STEP) : creep * (1 - STEP / 0.4);
    const target = state.season === 'daily' ? 1 : 0;
    // It ends after a while, so that no trace of it is left in the readings.
    daily = Math.abs(target - daily) < 1e-6 ? target : daily + (target - daily) * (STEP / 0.4);
    now += STEP;
  };

  const vibration = (axis: Axis, seconds: number, tick: number, angle: number, pull: number): number => {
    const balance = 1 + 0.2 * smooth(seed, STREAM.balance, seconds / 8);
    const amplitude = (0.1 + 0.22 * pull) * balance * (1 - 0.12 * cavitation);
    let value = 0;
    for (let order = 1; order <= 4; order++) {
      const size = HARMONICS[axis][2 * order - 2] ?? 0;
      const phase = HARMONICS[axis][2 * order - 1] ?? 0;
      value += size * amplitude * Math.sin(2 * Math.PI * order * angle + phase);
    }
    if (wear > 0.001) {
      const severity = wear * (1.2 + 0.25 * smooth(seed, STREAM.wear, seconds / 12));
      for (const { at, strength } of blows) {
        const since = seconds - at;
        if (since < 0 || since > RING_OVER) continue;
        const ring = Math.cos(2 * Math.PI * RING_HERTZ * since) * Math.exp(-since / RING_SECONDS);
        value += severity * BLOW[axis] * strength * ring;
      }
    }
    const gust = 0.8 + 0.35 * smooth(seed, STREAM.gust, seconds / 1.5);
    const collapse = uniform(seed, STREAM.spike, tick) < 0.03 ? 2 : 1;
    const flow = 0.03 + 0.055 * pull;
    const bubbles = cavitation * (0.105 + 0.13 * pull) * gust * collapse;
    return value + Math.hypot(flow, bubbles) * normal(seed, STREAM[axis], tick);
  };

  return {
    set(next) {
      const before = state;
      state = next as PumpState;
      const { temperatureSensor } = state;
      // One that drifts still measures.
      thermometer.set(temperatureSensor === 'drifting' ? 'good' : temperatureSensor);
      accelerometer.set(state.accelerometer ?? 'good');
      if (state.clock !== before.clock) clockSince = undefined;
    },
    read(time) {
      const seconds = time / 1000;
      if (seconds - now > LONGEST_CATCH_UP) {
        now = seconds - LONGEST_CATCH_UP / 2;
        heat = warmedUp(load, now);
        blows = [];
      }
      // Half a tick of tolerance: the grid is a sum of floating-point steps.
      while (now < seconds - 0.0005) step();
      clockSince ??= seconds;
      const tick = Math.round(time);
      const part = Math.min(1, Math.max(0, 1 - (now - seconds) / STEP));
      const angle = turnsBefore + (turns - turnsBefore) * part;
      const pull = load(seconds);
      const axis = (name: Axis) => 1.65 + 0.33 * vibration(name, seconds, tick, angle, pull);
      axisVolts[0] = axis('x');
      axisVolts[1] = axis('y');
      axisVolts[2] = axis('z') + 0.33;
      const room = 24 + (daily === 0 ? 0 : daily * ambientAt(seconds));
      const celsius = room + 20 * heat + offset + creep + 0.3 * normal(seed, STREAM.thermal, tick);
      celsiusVolts[0] = 0.5 + celsius / 100;
      const quiet = [
        ...(accelerometer.apply(axisVolts, seconds) ? [] : AXES),
        ...(thermometer.apply(celsiusVolts, seconds) ? [] : THERMOMETER),
      ];
      const light = 0.55 + 0.2 * smooth(seed, STREAM.light, seconds / 40) + 0.01 * normal(seed, STREAM.light, tick);
      return {
        volts: {
          A0: axisVolts[0],
          A1: axisVolts[1],
          A2: axisVolts[2],
          A3: celsiusVolts[0],
          A4: 5 * light,
          A5: 5 * pull,
        },
        levels: { D2: pull > 0.6 ? 1 : 0 },
        silent: quiet.length === 0 ? NONE : new Set(quiet),
        clockOff: state.clock === 'jumping' ? clockOffAt(seconds - clockSince) : 0,
        ...NO_CHIPS,
      };
    },
  };
}

/** How warm a pump is that has run for a while. */
function warmedUp(load: (seconds: number) => number, until = 0): number {
  let heat = 0.6;
  for (let seconds = until - 90; seconds < until; seconds += 0.1) heat += (load(seconds) - heat) * (0.1 / 15);
  return heat;
}
