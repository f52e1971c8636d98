import type { ChipEntry } from './chip.ts';
import { createMotionUnit, MOTION } from './mpu6050.ts';

/** What modules that are sold as a GY-521 often carry: an MPU-6050 but for its name and its thermometer. */
export const mpu6500: ChipEntry = {
  ...MOTION,
  label: 'MPU-6500 accelerometer and gyroscope',
  source: 'InvenSense PS-MPU-6500A-01 rev. 1.1 and RM-MPU-6500A-00 rev. 2.1',
  make: ({ quantity }) => createMotionUnit(quantity, 0x70, (celsius) => (celsius - 21) * 333.87),
};
