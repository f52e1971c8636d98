export { createBoards } from './boards.ts';
export type { BoardsOptions } from './boards.ts';
export type {
  Board,
  Boards,
  BoardState,
  ComponentOptions,
  Listener,
  Measurement,
  Output,
  OutputRequest,
  ReadRequest,
  Sample,
  SampleRequest,
  SensorValue,
  Subscription,
} from './types.ts';
export { PIN_USE_WORDS } from './catalogue/pin-uses.ts';
export { boardSettings } from './settings.ts';
export type { BoardSettings } from './settings.ts';
export { CHANNEL_KINDS, STANDARD_CHANNELS } from './catalogue/channels.ts';
export type { Channel, ChannelKind } from './catalogue/channels.ts';
export { countsToVolts, quantise } from './virtual/adc.ts';
export { toUnit } from './conversion.ts';
export { createWorld, readChannels } from './world/world.ts';
export type { Control, World, WorldReading, WorldState } from './world/types.ts';
export { describeScene, WELL_PUMP } from './world/schema.ts';
export type { PumpState, SceneName, WorldChange, WorldOptions } from './world/schema.ts';
export { serialProblem } from './wires/serial-problem.ts';
