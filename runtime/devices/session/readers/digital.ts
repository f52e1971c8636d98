import five, { type Timed } from 'johnny-five';
import type { MakeReader } from './reader.ts';
import { johnnyPin, restable } from '../components.ts';

/**
 * One pin's level, once a period. A digital pin is reported when it changes: silence there is not a dead wire, nor is it a
 * sign of life. So the board is asked each time for something that it always answers: a change before that answer would have
 * come before it, and the level is of when the answer was read. Of a mute board nothing is sent.
 */
export const level: MakeReader = (
  { pins: [pin = ''], period },
  { gives: [{ name }] },
  { board, index, stamp },
  receiver,
) => {
  const { io } = board;
  const answered = () => receiver.take({ [name]: io.pins[index(pin)]?.value ?? 0 }, stamp());
  return restable(
    io,
    () => new five.Sensor({ board, pin: johnnyPin(pin), freq: period, type: 'digital' }),
    (component: Timed, awake) => {
      component.freq = awake ? period : null;
      io.removeListener('reportversion', answered);
    },
    (component) => {
      component.on('data', (data: number | null) => {
        // It has not been reported yet.
        if (data === null) return;
        // One that was not answered is asked again, and waits once.
        io.removeListener('reportversion', answered);
        io.reportVersion(answered);
      });
    },
  );
};

/** One pin that is told of when it changes, without its bouncing. */
export const change: MakeReader = ({ pins: [pin = ''], options }, { gives: [{ name }] }, { board, stamp }, receiver) =>
  restable(
    board.io,
    () =>
      new five.Button({
        ...{ board, pin: johnnyPin(pin) },
        invert: options['pullup'] === true || options['invert'] === true,
      }),
    () => undefined,
    (button) => {
      button.on('down', () => receiver.take({ [name]: 1 }, stamp()));
      button.on('up', () => receiver.take({ [name]: 0 }, stamp()));
    },
  );
