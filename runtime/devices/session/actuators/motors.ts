import five, { type Motor } from 'johnny-five';
import { type Driver, type MakeDriver, modes } from './driver.ts';

/** Johnny-Five's motor leaves out speeds below 30 of 255, unless it is told not to. */
const NO_THRESHOLD = { threshold: 0 };
const duty = (speed: number) => Math.round(Math.abs(speed) * 255);

/** Changes the direction only where it changes: Johnny-Five stops the motor first, which a stream of speeds would make stutter. */
function directed(motor: Motor, take: () => void): Driver {
  let direction: number | undefined;
  return {
    take() {
      direction = undefined;
      take();
    },
    set(value) {
      const speed = Number(value);
      const wanted = speed === 0 ? direction : Math.sign(speed);
      if (wanted === direction) motor.speed(duty(speed));
      else if (speed > 0) motor.forward(duty(speed));
      else motor.reverse(duty(speed));
      direction = wanted;
    },
  };
}

export const motor: MakeDriver = (around, { pins }) => {
  const { board, index } = around;
  const [pwm = ''] = pins;
  const made = new five.Motor({ board, pins: { pwm: index(pwm) }, ...NO_THRESHOLD });
  return {
    take: () => modes(around, pins, board.io.MODES.PWM),
    set: (value) => made.speed(duty(Number(value))),
  };
};

/** With a pin for the direction, or one for each. */
export const directionalMotor: MakeDriver = (around, { pins }) => {
  const { board, index } = around;
  const [pwm = '', dir = '', cdir] = pins;
  const numbers = { pwm: index(pwm), dir: index(dir), ...(cdir !== undefined && { cdir: index(cdir) }) };
  const made = new five.Motor({ board, pins: numbers, ...NO_THRESHOLD });
  return directed(made, () => {
    modes(around, [pwm], board.io.MODES.PWM);
    modes(around, pins.slice(1), board.io.MODES.OUTPUT);
  });
};
