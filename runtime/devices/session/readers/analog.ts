import five, { type Timed } from 'johnny-five';
import type { MakeReader } from './reader.ts';
import { johnnyPin, restable, together } from '../components.ts';

/**
 * Voltages on analog pins, converted by the table: Johnny-Five's median of what came since the value before; of a
 * thermometer its latest reading.
 */
export const analog: MakeReader = (
  { pins, options, period },
  { convert, group, ratiometric },
  { board, lastRead, volts: voltsOf },
  receiver,
) => {
  const toVolts = (counts: number) => voltsOf(counts, ratiometric);
  const volts: number[] = [];
  const seen: (number | undefined)[] = [];
  // Johnny-Five goes on emitting the last value of a dead wire, and 0 before there was any.
  const fresh: boolean[] = [];

  const take = (place: number, reading: number) => {
    const time = lastRead(pins[place] ?? '');
    fresh[place] = time !== undefined && time !== seen[place];
    seen[place] = time;
    volts[place] = reading;
    if (place < pins.length - 1 || time === undefined || pins.some((_, each) => !fresh[each])) return;
    receiver.take(convert?.(volts, options) ?? {}, time);
  };

  return together(
    pins.map((pin, place) => {
      const made = { board, pin: johnnyPin(pin), freq: period };
      const turn = (component: Timed, awake: boolean) => {
        component.freq = awake ? period : null;
      };
      if (group === 'thermometer') {
        // Its own controllers round to whole degrees.
        const create = () => new five.Thermometer({ ...made, toCelsius: toVolts });
        return restable(board.io, create, turn, (component) => {
          component.on('data', (data: { celsius: number }) => take(place, data.celsius));
        });
      }
      return restable(
        board.io,
        () => new five.Sensor(made),
        turn,
        (component) => {
          component.on('data', (counts: number) => take(place, toVolts(counts)));
        },
      );
    }),
  );
};
