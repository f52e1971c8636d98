import five from 'johnny-five';
import { colourParts } from '../../catalogue/actuators/colour.ts';
import { type MakeDriver, modes } from './driver.ts';

export const rgb: MakeDriver = (around, { pins, options }) => {
  const { board, index } = around;
  const lamp = new five.Led.RGB({ board, pins: pins.map(index), isAnode: options['anode'] === true });
  return {
    take() {
      modes(around, pins, board.io.MODES.PWM);
      // Without a duty a lamp with a common anode shines.
      lamp.color(0, 0, 0);
    },
    set: (value) => lamp.color(...colourParts(String(value))),
  };
};
