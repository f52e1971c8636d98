/** The worlds of virtual boards, as far as a browser needs to know them: tables only. */
import type { SceneDescription } from './scenes/description.ts';
import { ownDescription } from './scenes/own/description.ts';
import { type OwnSignal, STANDARD_SIGNALS } from './scenes/own/schema.ts';
import { greenhouseDescription } from './scenes/greenhouse/description.ts';
import { pumpDescription } from './scenes/pump/description.ts';
import { roomDescription } from './scenes/room/description.ts';
import { wristDescription } from './scenes/wrist/description.ts';

export { PUMP_CONTROLS, WELL_PUMP } from './scenes/pump/controls.ts';
export type { PumpState, WorldChange } from './scenes/pump/controls.ts';
export { controlsAt, standardState } from './controls.ts';
export type { ChoiceSpec, ControlSpec, SliderSpec } from './controls.ts';
export { ownProblem } from './scenes/own/description.ts';
export { ownSignal, signalPlaces, STANDARD_SIGNALS } from './scenes/own/schema.ts';
export type { OwnSignal, SignalPlace } from './scenes/own/schema.ts';
export { signalTypes } from './signals/schema.ts';
export { TRANSDUCERS, transducerKinds } from './transducers.ts';
export { QUANTITIES } from './types.ts';
export type { SceneDescription, Wired, WiredChip } from './scenes/description.ts';

export const sceneNames = ['pump', 'greenhouse', 'wrist', 'room', 'own'] as const;
export type SceneName = (typeof sceneNames)[number];

/** What each scene is, what is wired where, and what of it can be set. */
export const SCENES: Readonly<Record<SceneName, SceneDescription>> = {
  pump: pumpDescription,
  greenhouse: greenhouseDescription,
  wrist: wristDescription,
  room: roomDescription,
  own: ownDescription(STANDARD_SIGNALS),
};

/** What a world is made of: part of a board's settings. */
export interface WorldOptions {
  readonly scene: SceneName;
  /** The same seed, the same changes at the same times: the same readings. */
  readonly seed: number;
  /** Of the scene `own`. Default: a few that show what can be done. */
  readonly signals?: readonly OwnSignal[];
}

/** The scene that these settings describe. */
export const describeScene = ({ scene, signals }: Pick<WorldOptions, 'scene' | 'signals'>): SceneDescription =>
  scene === 'own' && signals ? ownDescription(signals) : SCENES[scene];
