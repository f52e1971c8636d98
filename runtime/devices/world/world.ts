import type { Channel } from '../catalogue/channels.ts';
import { toUnit } from '../conversion.ts';
import { quantise } from '../virtual/adc.ts';
import { checkedChange } from './change.ts';
import { controlsAt, standardState, stateAfter } from './controls.ts';
import type { Scene } from './scenes/scene.ts';
import { createGreenhouse } from './scenes/greenhouse/greenhouse.ts';
import { createOwn } from './scenes/own/own.ts';
import { createPump } from './scenes/pump/pump.ts';
import { createRoom } from './scenes/room/room.ts';
import { createWrist } from './scenes/wrist/wrist.ts';
import { describeScene, type SceneName, STANDARD_SIGNALS, type WorldOptions } from './schema.ts';
import type { World } from './types.ts';

const CREATE: Readonly<Record<SceneName, (options: WorldOptions) => Scene>> = {
  pump: ({ seed }) => createPump(seed),
  greenhouse: ({ seed }) => createGreenhouse(seed),
  wrist: ({ seed }) => createWrist(seed),
  room: ({ seed }) => createRoom(seed),
  own: ({ seed, signals = STANDARD_SIGNALS }) => createOwn(seed, signals),
};

/**
 * Makes a world.
 *
 * @throws SIGNAL_INVALID if one of the user's own signals cannot be made
 *
 * @example
 * const world = createWorld({ scene: 'pump', seed: 1 });
 * world.set({ bearing: 'worn' });
 * world.read(10).volts.A0; // volts on the accelerometer's x axis, 10 ms after the beginning
 */
export function createWorld(options: WorldOptions): World {
  const { controls: specs, chips: wired } = describeScene(options);
  const chips = wired.map(({ chip, address }) => ({ chip, address }));
  const scene = CREATE[options.scene](options);
  let state = standardState(specs);
  scene.set(state);
  return {
    chips,
    get state() {
      return state;
    },
    get controls() {
      return controlsAt(specs, state);
    },
    set(change) {
      state = stateAfter(specs, state, checkedChange(specs, change));
      scene.set(state);
      return state;
    },
    act: (deed) => scene.act?.(deed),
    read: (time) => scene.read(time),
  };
}

/**
 * What a board with these channels would measure: the world's voltages, through the converter, in the channels' units.
 *
 * @param time ms since the world began
 * @returns one value a channel, in their order; NaN where no reading comes
 */
export function readChannels(world: World, channels: readonly Channel[], time: number): number[] {
  const { volts, silent } = world.read(time);
  return channels.map(({ kind, pin }) => (silent.has(pin) ? NaN : toUnit(kind, quantise(volts[pin] ?? 0))));
}
