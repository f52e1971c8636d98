import five from 'johnny-five';
import { johnnyPin } from '../components.ts';
import type { MakeDriver } from './driver.ts';

/** The pin of an actuator that has one. */
const only = ([pin = '']: readonly string[]) => pin;

export const led: MakeDriver = ({ board, index }, { pins }) => {
  const pin = only(pins);
  const { MODES, pins: able } = board.io;
  const lamp = new five.Led({ board, pin: johnnyPin(pin) });
  // Johnny-Five takes analog pins as plain outputs, and digital ones as PWM where they can.
  const pwm = !pin.startsWith('A') && (able[index(pin)]?.supportedModes.includes(MODES.PWM) ?? false);
  return {
    modes: { [pin]: pwm ? MODES.PWM : MODES.OUTPUT },
    set(value) {
      if (value === 1) lamp.on();
      else if (value === 0) lamp.off();
      else lamp.brightness(Math.round(Number(value) * 255));
    },
  };
};

export const relay: MakeDriver = ({ board }, { pins }) => {
  const pin = only(pins);
  const made = new five.Relay({ board, pin: johnnyPin(pin) });
  return {
    modes: { [pin]: board.io.MODES.OUTPUT },
    set: (value) => (value === 1 ? made.close() : made.open()),
  };
};

export const servo: MakeDriver = ({ board }, { pins }) => {
  const pin = only(pins);
  const made = new five.Servo({ board, pin: johnnyPin(pin) });
  return { modes: { [pin]: board.io.MODES.SERVO }, set: (degrees) => made.to(Number(degrees)) };
};
