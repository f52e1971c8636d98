import { createSensorFaults, type FaultRange, type SensorFaults } from '../faults/sensor-faults.ts';
import type { SensorState } from '../faults/states.ts';
import { TRANSDUCERS } from '../transducers.ts';
import type { Quantity, WorldReading, WorldState } from '../types.ts';
import type { SceneDescription } from './description.ts';

/** What a broken chip may show of each quantity. */
const RANGES: Readonly<Record<Quantity, FaultRange>> = {
  temperature: { top: 85, wild: 20, drift: 10 },
  humidity: { top: 100, wild: 25, drift: 15 },
  pressure: { top: 1100, wild: 60, drift: 12 },
  light: { top: 65_535, wild: 10_000, drift: 4_000 },
  accelerationX: { top: 16, wild: 2, drift: 0.3 },
  accelerationY: { top: 16, wild: 2, drift: 0.3 },
  accelerationZ: { top: 16, wild: 2, drift: 0.3 },
  rotationX: { top: 2000, wild: 300, drift: 20 },
  rotationY: { top: 2000, wild: 300, drift: 20 },
  rotationZ: { top: 2000, wild: 300, drift: 20 },
  fieldX: { top: 800, wild: 100, drift: 15 },
  fieldY: { top: 800, wild: 100, drift: 15 },
  fieldZ: { top: 800, wild: 100, drift: 15 },
  distance: { top: 600, wild: 100, drift: 40 },
};

const NO_PINS: ReadonlySet<string> = new Set();
const NO_CHIPS: ReadonlySet<number> = new Set();
/** Streams of random numbers that a broken sensor takes. */
const STREAMS = 4;
const FIRST_STREAM = 500;

/** One sensor: pins that break together, or a chip. */
interface Sensor {
  readonly fault: string;
  readonly stream: number;
  readonly pins: readonly string[];
  readonly address: number | undefined;
  broken: SensorFaults | undefined;
}

/** What is there to be measured at one instant. */
export interface Scenery {
  /** By pin, in the unit of what is wired there. NaN: nothing comes. */
  readonly pins: Readonly<Record<string, number>>;
  readonly levels: Readonly<Record<string, 0 | 1>>;
  readonly quantities: Readonly<Partial<Record<Quantity, number>>>;
}

/**
 * The sensors of a scene: they turn what is there into volts and into what the chips sense, and break as the controls say.
 *
 * @param spikeSeconds how long a spike lasts: about as long as from one reading to the next
 */
export function createStation(
  seed: number,
  { inputs, chips }: Pick<SceneDescription, 'inputs' | 'chips'>,
  spikeSeconds: number,
) {
  const analog = inputs.flatMap(({ pin, as }) => (as === undefined ? [] : [{ pin, transducer: TRANSDUCERS[as] }]));
  const sensors: Sensor[] = [];
  const add = (fault: string, pins: readonly string[], address?: number) =>
    sensors.push({ fault, pins, address, stream: FIRST_STREAM + STREAMS * sensors.length, broken: undefined });
  const faults = new Set(inputs.flatMap(({ fault }) => (fault === undefined ? [] : [fault])));
  for (const fault of faults) {
    add(
      fault,
      inputs.filter((input) => input.fault === fault).map(({ pin }) => pin),
    );
  }
  for (const { fault, address } of chips) if (fault !== undefined) add(fault, [], address);
  let before: WorldState = {};

  const breakPins = ({ pins, broken }: Sensor, volts: Record<string, number>, seconds: number): boolean => {
    const values = Float64Array.from(pins, (pin) => volts[pin] ?? 0);
    if (!broken?.apply(values, seconds)) return false;
    pins.forEach((pin, index) => (volts[pin] = values[index] ?? 0));
    return true;
  };
  const breakChip = ({ broken }: Sensor, quantities: Scenery['quantities'], seconds: number) => {
    const names = Object.keys(quantities) as Quantity[];
    const values = Float64Array.from(names, (name) => quantities[name] ?? 0);
    if (!broken?.apply(values, seconds)) return undefined;
    return Object.fromEntries(names.map((name, index) => [name, values[index] ?? 0]));
  };

  return {
    /** How the controls stand, from the time of the last reading on. */
    set(state: WorldState, quantities: readonly Quantity[]): void {
      for (const sensor of sensors) {
        const now = (state[sensor.fault] ?? 'good') as SensorState;
        if (now === (before[sensor.fault] ?? 'good')) continue;
        const ranges = sensor.address === undefined ? undefined : quantities.map((name) => RANGES[name]);
        sensor.broken = now === 'good' ? undefined : createSensorFaults(seed, sensor.stream, { ranges, spikeSeconds });
        sensor.broken?.set(now);
      }
      before = state;
    },
    read(seconds: number, { pins, levels, quantities }: Scenery): WorldReading {
      const volts: Record<string, number> = {};
      let silent: Set<string> | undefined;
      for (const { pin, transducer } of analog) {
        const value = pins[pin] ?? NaN;
        if (Number.isNaN(value)) (silent ??= new Set()).add(pin);
        else volts[pin] = transducer.volts(value);
      }
      let sensed: Map<number, Partial<Record<Quantity, number>>> | undefined;
      let absent: Set<number> | undefined;
      for (const sensor of sensors) {
        if (!sensor.broken) continue;
        if (sensor.address === undefined) {
          if (!breakPins(sensor, volts, seconds)) for (const pin of sensor.pins) (silent ??= new Set()).add(pin);
          continue;
        }
        const wrong = breakChip(sensor, quantities, seconds);
        if (wrong) (sensed ??= new Map()).set(sensor.address, wrong);
        else (absent ??= new Set()).add(sensor.address);
      }
      const reading = { volts, levels, silent: silent ?? NO_PINS, clockOff: 0, quantities, absent: absent ?? NO_CHIPS };
      return sensed ? { ...reading, sensed } : reading;
    },
  };
}
