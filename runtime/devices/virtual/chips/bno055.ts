import type { ChipEntry } from './chip.ts';
import { clip, createRegisters } from './registers.ts';

const REGISTER = {
  ...{ CHIP: 0x00, PAGE: 0x07, ACCELERATION: 0x08, FIELD: 0x0e, ROTATION: 0x14, ANGLES: 0x1a, TEMPERATURE: 0x34 },
  ...{ UNITS: 0x3b, MODE: 0x3d, POWER: 0x3e, TRIGGER: 0x3f },
};
const UNIT = { MILLIG: 0x01, RADIANS_A_SECOND: 0x02, RADIANS: 0x04, FAHRENHEIT: 0x10 };
const RESET = 0x20;
/** Modes: nothing is measured in the first, and from this one on what is measured is fused into angles. */
const [CONFIG, FUSED] = [0, 0x08];
const METRES_A_SECOND_SQUARED = 9.806_65;
const DEGREES = 180 / Math.PI;
const TURN = 360;

/** A motion sensor of nine axes that computes its angles itself. It measures nothing until its mode is set. */
export const bno055: ChipEntry = {
  label: 'BNO055 motion unit of nine axes',
  addresses: [0x28, 0x29],
  senses: [
    ...(['accelerationX', 'accelerationY', 'accelerationZ', 'rotationX', 'rotationY', 'rotationZ'] as const),
    ...(['fieldX', 'fieldY', 'fieldZ', 'temperature'] as const),
  ],
  source: 'Bosch BST-BNO055-DS000 rev. 1.4',
  make({ quantity }) {
    const mode = () => file.get(REGISTER.MODE) & 0x0f;
    const { chip, file, reset } = createRegisters({
      initial: { [REGISTER.CHIP]: 0xa0, 0x01: 0xfb, 0x02: 0x32, 0x03: 0x0f, [REGISTER.UNITS]: 0x80 },
      // Units and power are set before it measures.
      readOnly: (register) =>
        (register <= 0x3a && register !== REGISTER.PAGE) ||
        (mode() !== CONFIG && (register === REGISTER.UNITS || register === REGISTER.POWER)),
      written(register, value) {
        if (register === REGISTER.TRIGGER && value & RESET) reset();
      },
      refresh() {
        if (mode() === CONFIG) return;
        const units = file.get(REGISTER.UNITS);
        const g = units & UNIT.MILLIG ? 1000 : METRES_A_SECOND_SQUARED * 100;
        const turn = units & UNIT.RADIANS_A_SECOND ? 900 / DEGREES : 16;
        const angle = units & UNIT.RADIANS ? 900 / DEGREES : 16;
        const put = (at: number, values: readonly number[], counts: number) =>
          values.forEach((value, axis) => file.setLowFirst(at + 2 * axis, clip(value * counts, 16)));
        const [x, y, z] = [quantity('accelerationX'), quantity('accelerationY'), quantity('accelerationZ')];
        put(REGISTER.ACCELERATION, [x, y, z], g);
        put(REGISTER.FIELD, [quantity('fieldX'), quantity('fieldY'), quantity('fieldZ')], 16);
        put(REGISTER.ROTATION, [quantity('rotationX'), quantity('rotationY'), quantity('rotationZ')], turn);
        const celsius = quantity('temperature');
        file.set(REGISTER.TEMPERATURE, clip(units & UNIT.FAHRENHEIT ? (celsius * 1.8 + 32) / 2 : celsius, 8) & 0xff);
        if (mode() < FUSED) return;
        const heading = (Math.atan2(quantity('fieldY'), quantity('fieldX')) * DEGREES + TURN) % TURN;
        const roll = Math.atan2(y, z) * DEGREES;
        const pitch = Math.atan2(-x, Math.hypot(y, z)) * DEGREES;
        put(REGISTER.ANGLES, [heading, roll, pitch], angle);
      },
    });
    return chip;
  },
};
