import type { Clock } from '../../base/index.ts';
import type { PlacedChip, World } from '../world/types.ts';

/** A board in software, at the other end of a Firmata wire: a peer in JavaScript, or an emulated chip that runs real firmware. */
export interface Twin {
  /** Power on. */
  start(): void;
  /** Bytes from the computer. */
  receive(bytes: Uint8Array): void;
  close(): void;
}

export interface TwinOptions {
  readonly world: World;
  readonly clock: Clock;
  /** Bytes to the computer, with the time at which what they say was read, ms since the epoch. */
  readonly send: (bytes: readonly number[], time: number) => void;
  /** A pin was given another mode or another output: a level, a duty (0–255) or a pulse (µs). Modes are Firmata's. */
  readonly onPin?: (pin: number, state: { readonly mode: number; readonly value: number }) => void;
  /** A chip on the bus drives something else: a channel's duty (0 to 1), a level, the text of a display. */
  readonly onDrive?: (chip: PlacedChip, output: string, value: number | string) => void;
}
