import type { Chip, ChipEntry, ChipSurroundings } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = { GYRO_CONFIG: 0x1b, ACCEL_CONFIG: 0x1c, FIRST_DATA: 0x3b, POWER: 0x6b, WHO_AM_I: 0x75 } as const;
const SLEEP = 0x40;
const DEVICE_RESET = 0x80;
/** Counts a g and a degree a second at the smallest range (±2 g, ±250 °/s); each range after it is twice as wide. */
const COUNTS_A_G = 16_384;
const COUNTS_A_DEGREE = 131;
const RANGE = 3;

export const MOTION = {
  addresses: [0x68, 0x69],
  senses: ['accelerationX', 'accelerationY', 'accelerationZ', 'rotationX', 'rotationY', 'rotationZ', 'temperature'],
} as const satisfies Partial<ChipEntry>;

/**
 * A six-axis motion sensor. It sleeps until its power register is cleared, and shows its last readings meanwhile.
 *
 * @param name what it says that it is
 * @param counts of its thermometer, from °C
 */
export function createMotionUnit(
  quantity: ChipSurroundings['quantity'],
  name: number,
  counts: (celsius: number) => number,
): Chip {
  const { chip, reset } = createRegisters({
    initial: { [REGISTER.POWER]: SLEEP, [REGISTER.WHO_AM_I]: name },
    readOnly: (register) => (register >= 0x3b && register <= 0x60) || register === REGISTER.WHO_AM_I,
    written(register, value) {
      if (register === REGISTER.POWER && value & DEVICE_RESET) reset();
    },
    refresh(file) {
      if (file.get(REGISTER.POWER) & SLEEP) return;
      const acceleration = COUNTS_A_G / 2 ** ((file.get(REGISTER.ACCEL_CONFIG) >> 3) & RANGE);
      const rotation = COUNTS_A_DEGREE / 2 ** ((file.get(REGISTER.GYRO_CONFIG) >> 3) & RANGE);
      [
        quantity('accelerationX') * acceleration,
        quantity('accelerationY') * acceleration,
        quantity('accelerationZ') * acceleration,
        counts(quantity('temperature')),
        quantity('rotationX') * rotation,
        quantity('rotationY') * rotation,
        quantity('rotationZ') * rotation,
      ].forEach((value, index) => file.setHighFirst(REGISTER.FIRST_DATA + 2 * index, clip(value, 16)));
    },
  });
  return chip;
}

export const mpu6050: ChipEntry = {
  ...MOTION,
  label: 'MPU-6050 accelerometer and gyroscope',
  source: 'InvenSense PS-MPU-6000A-00 rev. 3.4 and RM-MPU-6000A-00 rev. 4.2',
  make: ({ quantity }) => createMotionUnit(quantity, 0x68, (celsius) => (celsius - 36.53) * 340),
};
