/** The catalogue and the settings of boards and worlds: zod and tables only, safe in the browser. */
export { boardKinds, boardPlace, boardSettings } from './settings.ts';
export type { BoardKind, BoardSettings } from './settings.ts';
export { plannedBoard } from './wiring.ts';
export { channel, channelKinds, CHANNEL_KINDS, chipOf, STANDARD_CHANNELS } from './catalogue/channels.ts';
export type { Channel, ChannelKind, ChannelKindEntry } from './catalogue/channels.ts';
export { FAST_CHIPS } from './catalogue/fast-chips.ts';
export type { FastChip, FastChipName } from './catalogue/fast-chips.ts';
export { normalisePin, pinUses } from './catalogue/pin-uses.ts';
export { mostRate } from './catalogue/rates.ts';
export type { RateQuestion } from './catalogue/rates.ts';
export { SENSORS, sensorKinds } from './catalogue/sensors.ts';
export type { SensorKind } from './catalogue/sensors.ts';
export type { SensorEntry } from './catalogue/types.ts';
export { ACTUATORS, actuatorKinds, safeValue } from './catalogue/actuators.ts';
export { drivenAs } from './catalogue/actuators/chips.ts';
export {
  describeScene,
  ownProblem,
  ownSignal,
  PUMP_CONTROLS,
  QUANTITIES,
  sceneNames,
  SCENES,
  signalPlaces,
  signalTypes,
  STANDARD_SIGNALS,
  transducerKinds,
  TRANSDUCERS,
  WELL_PUMP,
} from './world/schema.ts';
export type { OwnSignal, SignalPlace } from './world/schema.ts';
export type { ControlSpec, PumpState, SceneDescription, SceneName, WorldChange } from './world/schema.ts';
export type { ActuatorKind } from './catalogue/actuators.ts';
export type { ChosenOptions, OutputValue } from './catalogue/actuators/takes.ts';
export type { ActuatorEntry } from './catalogue/types.ts';
