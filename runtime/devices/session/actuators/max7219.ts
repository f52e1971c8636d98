import five, { type LedControl } from 'johnny-five';
import { type MakeDriver, modes, type Surroundings } from './driver.ts';
import { rowsOf, segments, squares } from './pictures.ts';

/** Sends only what is another than before: one byte for the chip takes fifty messages on the line. */
function remembering(send: (place: number, code: number) => void) {
  const shown = new Map<number, number>();
  return (place: number, code: number) => {
    if (shown.get(place) === code) return;
    shown.set(place, code);
    send(place, code);
  };
}

const numbers = ({ index }: Surroundings, [data = '', clock = '', cs = '']: readonly string[]) => ({
  ...{ data: index(data), clock: index(clock), cs: index(cs) },
});

/** Made when it is first taken: Johnny-Five sends to the chip as it makes it. */
const waking = (around: Surroundings, pins: readonly string[], percent: number, make: () => LedControl) => {
  let made: LedControl | undefined;
  return {
    take() {
      modes(around, pins, around.board.io.MODES.OUTPUT);
      made ??= make();
      made.brightness(percent);
    },
    chip: () => made,
  };
};

export const matrixMax7219: MakeDriver = (around, { pins, options }) => {
  const devices = Number(options['modules']);
  const { take, chip } = waking(
    ...([around, pins, Number(options['brightness'])] as const),
    () => new five.Led.Matrix({ board: around.board, pins: numbers(around, pins), devices }),
  );
  const send = remembering((place, bits) => chip()?.row(Math.floor(place / 8), place % 8, bits));
  return {
    take,
    set: (value) =>
      squares(value, devices).forEach((rows, square) => rows.forEach((bits, row) => send(square * 8 + row, bits))),
    shows: (value) => rowsOf(squares(value, devices)),
  };
};

export const digitsMax7219: MakeDriver = (around, { pins, options }) => {
  const digits = Number(options['digits']);
  const { take, chip } = waking(
    ...([around, pins, Number(options['brightness'])] as const),
    () => new five.Led.Digits({ board: around.board, pins: numbers(around, pins) }),
  );
  // The chip counts its digits from the right.
  const send = remembering((place, code) => chip()?.sendDigit(0, digits - 1 - place, code));
  return { take, set: (value) => segments(String(value), digits).forEach((code, place) => send(place, code)) };
};
