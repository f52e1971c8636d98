import type { ChoiceSpec, ControlSpec } from '../controls.ts';
import { FAULT_STATES } from '../faults/states.ts';
import type { TransducerKind } from '../transducers.ts';
import type { PlacedChip } from '../types.ts';

/** What is wired to a pin of a virtual board. */
export interface Wired {
  readonly pin: string;
  /** For people: `TMP36 thermometer inside`. */
  readonly what: string;
  /** The kind of the catalogue by which the pin is read or driven. */
  readonly kind: string;
  /** How what is there becomes volts, where the station sees to it. */
  readonly as?: TransducerKind;
  /** The choice that breaks it. */
  readonly fault?: string;
}

export interface WiredChip extends PlacedChip {
  /** For people: `BME280 (temperature, humidity, pressure)`. */
  readonly what: string;
  /** The choice that breaks it. */
  readonly fault?: string;
}

/** A scene as dialogs, help and docs describe it, and as its sensors are made. */
export interface SceneDescription {
  /** Follows "wired to": `a water pump`. */
  readonly label: string;
  /** In a sentence or two. */
  readonly about: string;
  readonly inputs: readonly Wired[];
  /** What changes the world when it is driven. */
  readonly outputs: readonly Wired[];
  readonly chips: readonly WiredChip[];
  readonly controls: readonly ControlSpec[];
}

/** A choice for each sensor that can be broken. */
export function faultControls({ inputs, chips }: Pick<SceneDescription, 'inputs' | 'chips'>): ChoiceSpec[] {
  const broken = new Map<string, string>();
  for (const { fault, what } of [...inputs, ...chips]) {
    if (fault !== undefined && !broken.has(fault)) broken.set(fault, what.replace(/(, axis .*| \(.*\))$/, ''));
  }
  return [...broken].map(([name, label]) => ({ kind: 'choice', name, label, options: FAULT_STATES, quiet: true }));
}
