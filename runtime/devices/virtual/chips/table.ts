import { ads1115 } from './ads1115.ts';
import { adxl345 } from './adxl345.ts';
import { at42qt1070 } from './at42qt1070.ts';
import { bh1750 } from './bh1750.ts';
import { bme280 } from './bme280.ts';
import { bmp180 } from './bmp180.ts';
import { bmp280 } from './bmp280.ts';
import { bno055 } from './bno055.ts';
import type { ChipEntry } from './chip.ts';
import { hih6130 } from './hih6130.ts';
import { hmc5883l } from './hmc5883l.ts';
import { hmc6352 } from './hmc6352.ts';
import { ht16k33 } from './ht16k33.ts';
import { htu21d } from './htu21d.ts';
import { lcd1602, lcd2004 } from './lcd.ts';
import { lidarLite } from './lidar-lite.ts';
import { lis3dh } from './lis3dh.ts';
import { mag3110 } from './mag3110.ts';
import { mcp23017 } from './mcp23017.ts';
import { mcp9808 } from './mcp9808.ts';
import { mma7660 } from './mma7660.ts';
import { mma8452 } from './mma8452.ts';
import { mpl115a2 } from './mpl115a2.ts';
import { mpl3115a2 } from './mpl3115a2.ts';
import { mpr121 } from './mpr121.ts';
import { mpu6050 } from './mpu6050.ts';
import { mpu6500 } from './mpu6500.ts';
import { ms5611 } from './ms5611.ts';
import { pca9685 } from './pca9685.ts';
import { pcf8574 } from './pcf8574.ts';
import { sht31d } from './sht31d.ts';
import { si7020 } from './si7020.ts';
import { srf10 } from './srf10.ts';
import { th02 } from './th02.ts';
import { tmp102 } from './tmp102.ts';
import { tsl2561 } from './tsl2561.ts';

/** Every chip that can be on the virtual bus. */
export const CHIPS = {
  mpu6050,
  mpu6500,
  bno055,
  adxl345,
  lis3dh,
  mma8452,
  mma7660,
  hmc5883l,
  hmc6352,
  mag3110,
  bme280,
  bmp280,
  bmp180,
  ms5611,
  mpl3115a2,
  mpl115a2,
  sht31d,
  htu21d,
  si7020,
  hih6130,
  th02,
  mcp9808,
  tmp102,
  bh1750,
  tsl2561,
  srf10,
  'lidar-lite': lidarLite,
  mpr121,
  at42qt1070,
  ads1115,
  pca9685,
  mcp23017,
  pcf8574,
  lcd1602,
  lcd2004,
  ht16k33,
} as const satisfies Record<string, ChipEntry>;

export type ChipName = keyof typeof CHIPS;
