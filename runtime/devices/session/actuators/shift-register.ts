import five from 'johnny-five';
import { type MakeDriver, modes } from './driver.ts';

export const shiftRegister: MakeDriver = (around, { pins, options }) => {
  const { board, index } = around;
  const [data = '', clock = '', latch = ''] = pins;
  const size = Number(options['registers']);
  const made = new five.ShiftRegister({
    ...{ board, size },
    pins: { data: index(data), clock: index(clock), latch: index(latch) },
  });
  return {
    // Johnny-Five leaves the pins in the mode that they had.
    take: () => modes(around, pins, board.io.MODES.OUTPUT),
    set(value) {
      const bytes = typeof value === 'object' ? value : [];
      // What is sent first is pushed on to the last register.
      made.send(Array.from({ length: size }, (_, register) => bytes[size - 1 - register] ?? 0));
    },
  };
};
