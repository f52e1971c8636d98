import five from 'johnny-five';
import type { StepperPins } from 'johnny-five';
import { type MakeDriver, modes } from './driver.ts';

/** Johnny-Five's own numbers of how a stepper is wired. */
const DRIVER = 1;
const FOUR_WIRE = 4;

const make =
  (type: number, wires: (numbers: readonly number[]) => StepperPins): MakeDriver =>
  (around, { pins, options }) => {
    const { board, index } = around;
    const made = new five.Stepper({
      ...{ board, type, pins: wires(pins.map(index)) },
      stepsPerRev: Number(options['stepsPerTurn']),
    });
    const acceleration = Number(options['acceleration']);
    return {
      take: () => modes(around, pins, board.io.MODES.STEPPER),
      set(value) {
        const steps = Number(value);
        if (steps === 0) return;
        const motion = { rpm: Number(options['rpm']), accel: acceleration, decel: acceleration };
        // Johnny-Five calls back when the steps are done, and fails if there is nobody to call.
        made.step({ ...motion, steps: Math.abs(steps), direction: steps > 0 ? 1 : 0 }, () => undefined);
      },
    };
  };

export const stepperDriver = make(DRIVER, ([step = 0, dir = 0]) => ({ step, dir }));
export const stepperFourWire = make(FOUR_WIRE, ([motor1 = 0, motor2 = 0, motor3 = 0, motor4 = 0]) => ({
  ...{ motor1, motor2, motor3, motor4 },
}));
