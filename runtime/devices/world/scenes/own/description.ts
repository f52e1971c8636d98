import type { ControlSpec, SliderSpec } from '../../controls.ts';
import { TRANSDUCERS } from '../../transducers.ts';
import { type Quantity, QUANTITIES } from '../../types.ts';
import { faultControls, type SceneDescription, type Wired } from '../description.ts';
import { roomChips } from '../room/description.ts';
import { ANALOG_PLACES, DIGITAL_PLACES, type OwnSignal, type SignalPlace } from './schema.ts';

/** By what a signal can be moved up or down with its slider, by unit. */
const SPAN: Readonly<Record<string, number>> = {
  ...{ V: 2.5, '°C': 50, '%': 50, g: 2, lx: 1000, cm: 100, hPa: 50, '°/s': 250, µT: 50 },
};

export const isAnalog = (place: SignalPlace): boolean => (ANALOG_PLACES as readonly string[]).includes(place);
export const isDigital = (place: SignalPlace): boolean => (DIGITAL_PLACES as readonly string[]).includes(place);
export const isQuantity = (place: SignalPlace): place is Quantity => place in QUANTITIES;

/** A signal's name: its own, or what tells it from the others. */
export const nameOf = ({ name, type, to }: OwnSignal, index: number): string =>
  name.trim() || `${type} ${index + 1} on ${to}`;

function unitOf({ to, as }: OwnSignal): string {
  if (isQuantity(to)) return QUANTITIES[to];
  return isAnalog(to) ? TRANSDUCERS[as].unit : '';
}

/** Steps of a slider are a round share of its way. */
const stepOf = (way: number): number => 10 ** Math.floor(Math.log10(Math.max(1e-6, way) / 100));

function slider(signal: OwnSignal, index: number): SliderSpec {
  const name = nameOf(signal, index);
  const unit = unitOf(signal);
  if (signal.type === 'message') {
    const { min, max } = signal;
    const standard = Math.max(min, Math.min(max, signal.value));
    return { kind: 'slider', name, label: name, unit, min, max, step: stepOf(max - min), standard };
  }
  const span = SPAN[unit] ?? 1;
  return {
    kind: 'slider',
    name,
    label: `${name}: more or less`,
    unit,
    min: -span,
    max: span,
    step: span / 50,
    standard: 0,
  };
}

function wired(signals: readonly OwnSignal[], pin: SignalPlace): Wired {
  const there = signals.flatMap((signal, index) =>
    signal.to === pin ? [{ signal, name: nameOf(signal, index) }] : [],
  );
  const what = there.map(({ name }) => name).join(' + ');
  if (isDigital(pin)) return { pin, what, kind: 'switch' };
  const as = there[0]?.signal.as ?? 'volts';
  const kind = as === 'tmp36' || as === 'lm35' ? as : as === 'percent' ? 'potentiometer' : 'voltage';
  return { pin, what, kind, as, fault: pin };
}

/** What the user's own signals are wired to. */
export function ownDescription(signals: readonly OwnSignal[]): SceneDescription {
  const places = [...new Set(signals.map(({ to }) => to))];
  const inputs = places.filter((place) => !isQuantity(place)).map((pin) => wired(signals, pin));
  const bus = places.includes('A4') || places.includes('A5') ? [] : roomChips;
  // What senses nothing that the signals change need not be broken.
  const chips = places.some(isQuantity) ? bus : bus.map(({ chip, address, what }) => ({ chip, address, what }));
  const sliders: ControlSpec[] = signals.map(slider);
  const faults = faultControls({ inputs, chips }).map((each) =>
    inputs.some(({ pin }) => pin === each.name) ? { ...each, label: `Sensor on ${each.name}` } : each,
  );
  return {
    label: 'signals of your own',
    about:
      'Signals that you choose in the board’s dialog, each wired to a pin or to what the chips sense. Those that go to one place add up.',
    inputs,
    outputs: [],
    chips,
    controls: [...sliders, ...faults],
  };
}

/** What is wrong with the user's signals; `undefined`: nothing that can be seen without reading the recordings. */
export function ownProblem(
  signals: readonly OwnSignal[],
): { readonly signal: string; readonly problem: string } | undefined {
  const hasChips = signals.some(({ to }) => isQuantity(to));
  const names = new Set<string>();
  const kinds = new Map<string, string>();
  for (const [index, signal] of signals.entries()) {
    const name = nameOf(signal, index);
    const wrong = (problem: string) => ({ signal: name, problem });
    if (names.has(name)) return wrong('another signal has the same name');
    if (isAnalog(name as SignalPlace)) return wrong('this is the name of a pin');
    names.add(name);
    if (signal.type === 'message' && !(signal.min < signal.max)) {
      return wrong(`its least value, ${signal.min}, is not below its most, ${signal.max}`);
    }
    if (!isAnalog(signal.to)) continue;
    if (hasChips && (signal.to === 'A4' || signal.to === 'A5')) {
      return wrong(`${signal.to} is a wire of the I2C bus, which the chips of other signals need`);
    }
    const before = kinds.get(signal.to) ?? signal.as;
    if (before !== signal.as)
      return wrong(`on ${signal.to} another signal is wired as "${before}", not "${signal.as}"`);
    kinds.set(signal.to, signal.as);
  }
  return undefined;
}
