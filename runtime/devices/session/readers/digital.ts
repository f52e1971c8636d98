import five, { type Timed } from 'johnny-five';
import type { MakeReader } from './reader.ts';
import { johnnyPin, restable } from '../components.ts';

/** One pin's level, once a period. A digital pin is reported when it changes: silence there is not a dead wire. */
export const level: MakeReader = ({ pins: [pin = ''], period }, { gives: [{ name }] }, { board, clock }, receiver) =>
  restable(
    board.io,
    () => new five.Sensor({ board, pin: johnnyPin(pin), freq: period, type: 'digital' }),
    (component: Timed, awake) => {
      component.freq = awake ? period : null;
    },
    (component) => {
      component.on('data', (data: number | null) => {
        if (data !== null) receiver.take({ [name]: data }, clock.now());
      });
    },
  );

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
