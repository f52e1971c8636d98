import { errors } from '../../../errors.ts';
import { setSignal } from '../../signals/message.ts';
import { createSignal, type Signal } from '../../signals/signal.ts';
import { createThreshold } from '../../transducers.ts';
import type { Quantity } from '../../types.ts';
import type { Scene } from '../scene.ts';
import { createStation } from '../station.ts';
import { isAnalog, isDigital, isQuantity, nameOf, ownDescription, ownProblem } from './description.ts';
import type { OwnSignal, SignalPlace } from './schema.ts';

/** Streams of random numbers: far from those of sensors that break. */
const FIRST_STREAM = 3000;
/** Seconds in which a signal is most of the way when its slider moves it up or down. */
const SHIFTING = 0.2;

interface Place {
  readonly to: SignalPlace;
  readonly signals: Signal[];
  readonly level: ((value: number) => 0 | 1) | undefined;
}

/**
 * The signals that the user has set up, each wired to a pin or to what the chips sense.
 *
 * @throws SIGNAL_INVALID
 */
export function createOwn(seed: number, rows: readonly OwnSignal[]): Scene {
  const problem = ownProblem(rows);
  if (problem) throw errors.SIGNAL_INVALID(problem);
  const description = ownDescription(rows);
  const station = createStation(seed, description, 0.1);
  const everyChip = new Set(description.chips.map(({ address }) => address));
  const places = new Map<SignalPlace, Place>();
  /** What each control sets. */
  const settable = new Map<string, (value: number) => void>();

  rows.forEach((row, index) => {
    const name = nameOf(row, index);
    const signal = createSignal(row, { seed, stream: FIRST_STREAM + index, name });
    const level = isDigital(row.to) ? createThreshold(row.above, row.below) : undefined;
    const place = places.get(row.to) ?? { to: row.to, signals: [], level };
    places.set(row.to, place);
    place.signals.push(signal);
    if (signal.set) return void settable.set(name, (value) => signal.set?.(value));
    const shift = setSignal(0, SHIFTING);
    place.signals.push(shift);
    settable.set(name, (value) => shift.set(value));
  });
  const quantities = [...places.keys()].filter(isQuantity);

  return {
    set(state) {
      for (const [name, set] of settable) set(Number(state[name]));
      station.set(state, quantities);
    },
    read(time) {
      const seconds = time / 1000;
      const pins: Record<string, number> = {};
      const levels: Record<string, 0 | 1> = {};
      const sensed: Partial<Record<Quantity, number>> = {};
      let lost = false;
      for (const { to, signals, level } of places.values()) {
        let value = 0;
        for (const signal of signals) value += signal.at(seconds);
        if (isAnalog(to)) pins[to] = value;
        else if (level) levels[to] = level(value);
        else if (!isQuantity(to)) continue;
        else if (Number.isNaN(value)) lost = true;
        else sensed[to] = value;
      }
      const reading = station.read(seconds, { pins, levels, quantities: sensed });
      // A recording has a gap: nothing is made up for it.
      return lost ? { ...reading, absent: everyChip } : reading;
    },
  };
}
