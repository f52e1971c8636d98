/**
 * Components that no test tries, each with why, and those that are tried on something else than the virtual board:
 * test/conformance/components holds these lists. Every other one is tried on the virtual board.
 */
import type { ActuatorKind } from './actuators.ts';
import type { SensorKind } from './sensors.ts';

const NO_CHIP = 'there is no virtual chip of its kind yet';

export const NOT_EXERCISED: Readonly<Partial<Record<SensorKind, string>>> = {
  ...{
    'hih6130-temperature': NO_CHIP,
    'hih6130-humidity': NO_CHIP,
    'th02-temperature': NO_CHIP,
    'th02-humidity': NO_CHIP,
  },
  ...{ 'dht-backpack-temperature': NO_CHIP, 'dht-backpack-humidity': NO_CHIP },
  ...{ 'mpl3115a2-temperature': NO_CHIP, 'mpl3115a2-pressure': NO_CHIP, 'mpl3115a2-altitude': NO_CHIP },
  ...{ 'mpl115a2-temperature': NO_CHIP, 'mpl115a2-pressure': NO_CHIP },
  ...{ mma8452: NO_CHIP, mma7660: NO_CHIP, 'lsm303c-acceleration': NO_CHIP, 'lsm303c-field': NO_CHIP },
  ...{ 'lsm303c-temperature': NO_CHIP, bno055: NO_CHIP, 'bno055-temperature': NO_CHIP, 'bno055-acceleration': NO_CHIP },
  ...{ 'bno055-rotation': NO_CHIP, 'bno055-orientation': NO_CHIP, mag3110: NO_CHIP, hmc6352: NO_CHIP },
  ...{ srf10: NO_CHIP, 'lidar-lite': NO_CHIP, 'hcsr04-backpack': NO_CHIP, gp2y0d805: NO_CHIP },
  ...{ mpr121: NO_CHIP, at42qt1070: NO_CHIP, 'keypad-3x4-backpack': NO_CHIP, 'keypad-4x4-backpack': NO_CHIP },
};

/** Sensors whose firmware no board of ours has: messages as that firmware sends them were read, of a device that is made up. */
export const FIRMWARE_PLAYED = ['ds18b20', 'max31850k', 'hcsr04', 'gps'] as const satisfies readonly SensorKind[];

export const ACTUATORS_NOT_EXERCISED: Readonly<Partial<Record<ActuatorKind, string>>> = {};

/** Actuators that every kind of board has set: test/conformance/boards. */
export const ON_EVERY_BOARD = ['led', 'relay', 'servo'] as const satisfies readonly ActuatorKind[];
