import type { ControlSpec } from '../controls.ts';
import type { PlacedChip } from '../types.ts';

/** What is wired to a pin of a virtual board. */
export interface Wired {
  readonly pin: string;
  /** For people: `TMP36 thermometer inside`. */
  readonly what: string;
  /** The kind of the catalogue by which the pin is read or driven. */
  readonly kind: string;
}

export interface WiredChip extends PlacedChip {
  /** What it measures here, for people. */
  readonly what: string;
}

/** A scene as dialogs, help and docs describe it. */
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
