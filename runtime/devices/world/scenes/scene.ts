import type { Deed, WorldReading, WorldState } from '../types.ts';

/** What happens in a scene: how it stands goes in, readings come out. */
export interface Scene {
  /** How its controls stand from the time of the last reading on. The effect grows within about 2 s. */
  set(state: WorldState): void;
  act?(deed: Deed): void;
  /** @param time ms since the world began, never less than at the reading before. */
  read(time: number): WorldReading;
}
