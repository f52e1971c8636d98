/** How each chip of the catalogue is read. */
import * as acceleration from './acceleration.ts';
import { bme280, bmp280 } from './bme280.ts';
import * as distance from './distance.ts';
import type { MakeDriver } from './driver.ts';
import * as field from './field.ts';
import * as humidity from './humidity.ts';
import * as light from './light.ts';
import * as pressure from './pressure.ts';
import * as thermometers from './thermometers.ts';
import * as touch from './touch.ts';

export const DRIVERS: Readonly<Record<string, MakeDriver>> = {
  ...{ tmp102: thermometers.tmp102, mcp9808: thermometers.mcp9808 },
  ...{ sht31d: humidity.sht31d, htu21d: humidity.htu21d, si7020: humidity.si7020 },
  ...{ hih6130: humidity.hih6130, th02: humidity.th02, 'dht-backpack': humidity.dhtBackpack },
  ...{ bme280, bmp280, bmp180: pressure.bmp180, ms5611: pressure.ms5611 },
  ...{ mpl115a2: pressure.mpl115a2, mpl3115a2: pressure.mpl3115a2 },
  ...{ mpu6050: acceleration.mpu6050, adxl345: acceleration.adxl345, lis3dh: acceleration.lis3dh },
  ...{ mma8452: acceleration.mma8452, mma7660: acceleration.mma7660, bno055: acceleration.bno055 },
  ...{ 'lsm303c-acceleration': acceleration.lsm303cAcceleration, 'lsm303c-field': field.lsm303cField },
  ...{ hmc5883l: field.hmc5883l, mag3110: field.mag3110, hmc6352: field.hmc6352 },
  ...{ bh1750: light.bh1750, tsl2561: light.tsl2561 },
  ...{ srf10: distance.srf10, 'lidar-lite': distance.lidarLite, 'hcsr04-backpack': distance.hcsr04Backpack },
  ...{ gp2y0d805: distance.gp2y0d805, mpr121: touch.mpr121, at42qt1070: touch.at42qt1070 },
  'keypad-backpack': touch.keypadBackpack,
};
