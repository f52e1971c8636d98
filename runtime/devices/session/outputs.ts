import type { Board } from 'johnny-five';
import type { Clock } from '../../base/index.ts';
import type { ActuatorKind } from '../catalogue/actuators.ts';
import type { OutputValue } from '../catalogue/actuators/takes.ts';
import { mcp23017, pcf8574 } from './actuators/chips/expanders.ts';
import { digitsHt16k33, matrixHt16k33 } from './actuators/chips/ht16k33.ts';
import { createOutputChips } from './actuators/chips/output-chips.ts';
import * as pca9685 from './actuators/chips/pca9685.ts';
import type { Driver, MakeDriver } from './actuators/driver.ts';
import { lcd, lcdOnChip } from './actuators/hd44780.ts';
import { digitsMax7219, matrixMax7219 } from './actuators/max7219.ts';
import { directionalMotor, motor } from './actuators/motors.ts';
import { piezo } from './actuators/piezo.ts';
import { continuousServo, esc, servo } from './actuators/pulses.ts';
import { rgb } from './actuators/rgb.ts';
import { shiftRegister } from './actuators/shift-register.ts';
import { led, relay } from './actuators/simple.ts';
import { stepperDriver, stepperFourWire } from './actuators/stepper.ts';
import type { Bus } from './bus.ts';
import type { OutputWiring } from './protocol.ts';

const DRIVERS: Readonly<Record<ActuatorKind, MakeDriver>> = {
  led,
  'led-pca9685': pca9685.ledOnChip,
  rgb,
  'rgb-pca9685': pca9685.rgbOnChip,
  relay,
  output: relay,
  'output-mcp23017': mcp23017,
  'output-pcf8574': pcf8574,
  servo,
  'servo-pca9685': pca9685.servoOnChip,
  'servo-continuous': continuousServo,
  'servo-continuous-pca9685': pca9685.continuousServoOnChip,
  esc,
  'esc-pca9685': pca9685.escOnChip,
  motor,
  'motor-directional': directionalMotor,
  'motor-hbridge': directionalMotor,
  'motor-pca9685': pca9685.motorOnChip,
  'stepper-driver': stepperDriver,
  'stepper-four-wire': stepperFourWire,
  buzzer: relay,
  piezo,
  lcd,
  'lcd-pcf8574': lcdOnChip,
  'matrix-max7219': matrixMax7219,
  'matrix-ht16k33': matrixHt16k33,
  'digits-max7219': digitsMax7219,
  'digits-ht16k33': digitsHt16k33,
  'shift-74hc595': shiftRegister,
};

/** The same component is kept for the same wiring: Johnny-Five never lets one go. */
const keyOf = ({ kind, pins, address, options }: OutputWiring) =>
  JSON.stringify([kind, pins, address, Object.entries(options).sort()]);

/** The actuators of a board: one component for each wiring, kept and used again. */
export function createOutputs(board: Board, bus: Bus, clock: Clock, index: (pin: string) => number) {
  const drivers = new Map<string, Driver>();
  const chips = createOutputChips(bus);

  const driver = (wiring: OutputWiring): Driver => {
    const key = keyOf(wiring);
    const made = drivers.get(key) ?? DRIVERS[wiring.kind]({ board, clock, index, chips }, wiring);
    drivers.set(key, made);
    return made;
  };

  return {
    /** @returns false where no chip answers at its address */
    async take(wiring: OutputWiring): Promise<boolean> {
      if (wiring.address !== 0 && !(await bus.probe(wiring.address))) return false;
      driver(wiring).take();
      return true;
    },
    /** @returns what a matrix of lamps shows now */
    set(wiring: OutputWiring, value: OutputValue): readonly string[] | undefined {
      // Some of Johnny-Five's methods return themselves, which no thread can be sent.
      driver(wiring).set(value);
      return driver(wiring).shows?.(value);
    },
    leave(wiring: OutputWiring): void {
      driver(wiring).leave?.();
    },
  };
}
