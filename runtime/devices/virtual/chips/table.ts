import type { ChipEntry } from './chip.ts';
import { mpu6050 } from './mpu6050.ts';

/** Every chip that can be on the virtual bus. */
export const CHIPS = {
  mpu6050,
} as const satisfies Record<string, ChipEntry>;

export type ChipName = keyof typeof CHIPS;
