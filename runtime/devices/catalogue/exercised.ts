/**
 * Components that no test tries, each with why, and those that are tried on something else than the virtual board:
 * test/conformance/components holds these lists. Every other one is tried on the virtual board.
 */
import type { ActuatorKind } from './actuators.ts';
import type { SensorKind } from './sensors.ts';

const NO_CHIP = 'there is no virtual chip of its kind yet';

export const NOT_EXERCISED: Readonly<Partial<Record<SensorKind, string>>> = {
  ...{ 'dht-backpack-temperature': NO_CHIP, 'dht-backpack-humidity': NO_CHIP, 'hcsr04-backpack': NO_CHIP },
  ...{ 'keypad-3x4-backpack': NO_CHIP, 'keypad-4x4-backpack': NO_CHIP, gp2y0d805: NO_CHIP },
  ...{ 'lsm303c-acceleration': NO_CHIP, 'lsm303c-field': NO_CHIP, 'lsm303c-temperature': NO_CHIP },
};

/** Sensors whose firmware no board of ours has: messages as that firmware sends them were read, of a device that is made up. */
export const FIRMWARE_PLAYED = ['ds18b20', 'max31850k', 'hcsr04', 'gps'] as const satisfies readonly SensorKind[];

export const ACTUATORS_NOT_EXERCISED: Readonly<Partial<Record<ActuatorKind, string>>> = {};

/** Actuators that every kind of board has set: test/conformance/boards. */
export const ON_EVERY_BOARD = ['led', 'relay', 'servo'] as const satisfies readonly ActuatorKind[];

/** What was read and set on the emulated board, too: what its converter, its timers, its pins and its bus each do. */
export const SENSORS_EMULATED = [
  ...(['tmp36', 'potentiometer', 'light', 'voltage', 'joystick', 'switch', 'button'] as const),
  ...(['bme280', 'bmp180', 'sht31d', 'htu21d', 'mcp9808', 'tmp102', 'bh1750', 'tsl2561'] as const),
  ...(['mpu6050-acceleration', 'adxl345', 'lis3dh', 'hmc5883l'] as const),
] as const satisfies readonly SensorKind[];
export const ACTUATORS_EMULATED = [
  ...(['relay', 'led', 'rgb', 'servo', 'motor-directional', 'lcd-pcf8574', 'matrix-ht16k33'] as const),
] as const satisfies readonly ActuatorKind[];
