import { z } from 'zod';
import {
  type ActuatorEntry,
  boardKinds,
  describeScene,
  drivenAs,
  ownProblem,
  ownSignal,
  sceneNames,
  SENSORS,
  ACTUATORS,
  signalPlaces,
  signalTypes,
  STANDARD_SIGNALS,
  transducerKinds,
} from '../../runtime/devices/schema.ts';
import { type Palette, settings } from '../../runtime/messages/index.ts';

export const palette = { category: 'config' } satisfies Palette;

export const config = z.object({
  name: settings.text(),
  kind: settings.choice(boardKinds, 'virtual'),

  // Of a board in software; kept while the board is hardware.
  scene: settings.choice(sceneNames, 'pump'),
  /** The same seed gives the same readings. */
  seed: settings.integer({ default: 1, min: 0, max: 2_147_483_647 }),
  /** Of the scene `own`: what drives the pins and the chips. */
  signals: settings.list(ownSignal, STANDARD_SIGNALS),

  // Of a board at a USB port.
  /** By its stable name, where there is one. */
  port: settings.text(),
  /** Bits a second. */
  baud: settings.integer({ default: 57_600, min: 1200, max: 2_000_000 }),

  // Of a real board.
  /** At which its analog inputs read all they can. */
  analogVolts: settings.number({ default: 5, min: 0.5, max: 5.5 }),

  // Of a board on the network.
  host: settings.text(),
  tcpPort: settings.integer({ default: 3030, min: 1, max: 65_535 }),
});

/** For the dialog. */
export { boardKinds, describeScene, ownProblem, ownSignal, signalPlaces, signalTypes, transducerKinds };
/** What each kind of component is called. */
export const components: Readonly<Record<string, { readonly label: string } | undefined>> = {
  ...SENSORS,
  ...ACTUATORS,
};

/** What in the dialog of which node is chosen to use a chip of a scene. */
export function userOf(chip: string): string {
  const users = Object.values<ActuatorEntry>(ACTUATORS).filter((entry) => entry.chip === drivenAs(chip));
  const [first] = users;
  if (!first) return `sensor: ${chip.toUpperCase()}`;
  return `actuator: ${users.length === 1 ? first.label : `any on a ${chip.toUpperCase()}`}`;
}
