import five from 'johnny-five';
import { johnnyPin } from '../components.ts';
import { type MakeDriver, modes } from './driver.ts';

/** The pin of an actuator that has one. */
const only = ([pin = '']: readonly string[]) => pin;

export const led: MakeDriver = (around, { pins }) => {
  const { board, index } = around;
  const pin = only(pins);
  const { MODES, pins: able } = board.io;
  const lamp = new five.Led({ board, pin: johnnyPin(pin) });
  // Johnny-Five takes analog pins as plain outputs, and digital ones as PWM where they can.
  const pwm = !pin.startsWith('A') && (able[index(pin)]?.supportedModes.includes(MODES.PWM) ?? false);
  return {
    take: () => modes(around, pins, pwm ? MODES.PWM : MODES.OUTPUT),
    set(value) {
      if (value === 1) lamp.on();
      else if (value === 0) lamp.off();
      else lamp.brightness(Math.round(Number(value) * 255));
    },
  };
};

/** A relay, and whatever else is on or off. */
export const relay: MakeDriver = (around, { pins, options }) => {
  const { board } = around;
  const type = options['type'] === 'NC' ? 'NC' : 'NO';
  const made = new five.Relay({ board, pin: johnnyPin(only(pins)), type });
  return {
    take: () => modes(around, pins, board.io.MODES.OUTPUT),
    set: (value) => (value === 1 ? made.close() : made.open()),
  };
};
