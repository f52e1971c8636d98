import { ads1115 } from './ads1115.ts';
import { adxl345 } from './adxl345.ts';
import { bh1750 } from './bh1750.ts';
import { bme280 } from './bme280.ts';
import { bmp180 } from './bmp180.ts';
import { bmp280 } from './bmp280.ts';
import type { ChipEntry } from './chip.ts';
import { hmc5883l } from './hmc5883l.ts';
import { ht16k33 } from './ht16k33.ts';
import { htu21d } from './htu21d.ts';
import { lcd1602, lcd2004 } from './lcd.ts';
import { lis3dh } from './lis3dh.ts';
import { mcp23017 } from './mcp23017.ts';
import { mcp9808 } from './mcp9808.ts';
import { mpu6050 } from './mpu6050.ts';
import { ms5611 } from './ms5611.ts';
import { pca9685 } from './pca9685.ts';
import { pcf8574 } from './pcf8574.ts';
import { sht31d } from './sht31d.ts';
import { si7020 } from './si7020.ts';
import { tmp102 } from './tmp102.ts';
import { tsl2561 } from './tsl2561.ts';

/** Every chip that can be on the virtual bus. */
export const CHIPS = {
  mpu6050,
  adxl345,
  lis3dh,
  hmc5883l,
  bme280,
  bmp280,
  bmp180,
  ms5611,
  sht31d,
  htu21d,
  si7020,
  mcp9808,
  tmp102,
  bh1750,
  tsl2561,
  ads1115,
  pca9685,
  mcp23017,
  pcf8574,
  lcd1602,
  lcd2004,
  ht16k33,
} as const satisfies Record<string, ChipEntry>;

export type ChipName = keyof typeof CHIPS;
