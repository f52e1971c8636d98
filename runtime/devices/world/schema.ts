/** The worlds of virtual boards, as far as a browser needs to know them: tables only. */
import type { SceneDescription } from './scenes/description.ts';
import { greenhouseDescription } from './scenes/greenhouse/description.ts';
import { pumpDescription } from './scenes/pump/description.ts';
import { roomDescription } from './scenes/room/description.ts';
import { wristDescription } from './scenes/wrist/description.ts';

export { PUMP_CONTROLS, WELL_PUMP } from './scenes/pump/controls.ts';
export type { PumpState, WorldChange } from './scenes/pump/controls.ts';
export { controlsAt, standardState } from './controls.ts';
export type { ChoiceSpec, ControlSpec, SliderSpec } from './controls.ts';
export type { SceneDescription, Wired, WiredChip } from './scenes/description.ts';

export const sceneNames = ['pump', 'greenhouse', 'wrist', 'room'] as const;
export type SceneName = (typeof sceneNames)[number];

/** What each scene is, what is wired where, and what of it can be set. */
export const SCENES: Readonly<Record<SceneName, SceneDescription>> = {
  pump: pumpDescription,
  greenhouse: greenhouseDescription,
  wrist: wristDescription,
  room: roomDescription,
};

/** What a world is made of: part of a board's settings. */
export interface WorldOptions {
  readonly scene: SceneName;
  /** The same seed, the same changes at the same times: the same readings. */
  readonly seed: number;
}

/** The scene that these settings describe. */
export const describeScene = ({ scene }: Pick<WorldOptions, 'scene'>): SceneDescription => SCENES[scene];
