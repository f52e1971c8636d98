/**
 * Johnny-Five's components, made to be put away. A component that was created stays in Johnny-Five's own tables and on its
 * listeners for as long as the thread lives, so one is kept for each use of a pin and woken again instead of made anew.
 */
import five, { type Board, type Timed } from 'johnny-five';
import type { EventEmitter } from 'node:events';
import { toUnit } from '../conversion.ts';
import type { SensorRequest } from './protocol.ts';

export interface Component {
  wake(): void;
  rest(): void;
}

/** Johnny-Five's name of a pin: `A0`, or a number. */
export const johnnyPin = (pin: string): number | string => (pin.startsWith('A') ? pin : Number(pin.slice(1)));

/**
 * Creates a component for a sensor.
 *
 * @param emit called with each value in the sensor's unit
 * @param fresh whether the pin was read since the value before: Johnny-Five goes on emitting the last value of a dead wire
 */
export function createSensor(
  board: Board,
  { kind, pins: [pin = ''], period }: Omit<SensorRequest, 'id'>,
  emit: (value: number) => void,
  fresh: () => boolean,
): Component {
  const made = { board, pin: johnnyPin(pin) };
  const timed = (create: () => Timed, value: (data: unknown) => number | null) =>
    restable(
      board.io,
      create,
      (component, awake) => {
        component.freq = awake ? period : null;
      },
      (component) => {
        component.on('data', (data) => {
          const reading = value(data);
          if (reading !== null && fresh()) emit(reading);
        });
      },
    );
  switch (kind) {
    case 'tmp36':
    case 'lm35':
      return timed(
        () => new five.Thermometer({ ...made, freq: period, toCelsius: (raw) => toUnit(kind, raw) }),
        (data) => (data as { celsius: number }).celsius,
      );
    case 'light':
    case 'potentiometer':
      return timed(
        () => new five.Sensor({ ...made, freq: period }),
        (data) => toUnit('percent', data as number),
      );
    case 'voltage':
      return timed(
        () => new five.Sensor({ ...made, freq: period }),
        (data) => toUnit('volts', data as number),
      );
    case 'switch':
      return timed(
        () => new five.Sensor({ ...made, freq: period, type: 'digital' }),
        (data) => data as number | null,
      );
    case 'button': {
      const create = () => new five.Button(made);
      const listen = (button: EventEmitter) => {
        button.on('down', () => emit(1));
        button.on('up', () => emit(0));
      };
      return restable(board.io, create, () => undefined, listen);
    }
  }
}

/** Makes a component whose listeners on the wire can be taken off and put back. */
function restable<C extends EventEmitter>(
  io: EventEmitter,
  create: () => C,
  turn: (component: C, awake: boolean) => void,
  listen: (component: C) => void,
): Component {
  const before = new Map(io.eventNames().map((event) => [event, new Set(io.rawListeners(event))]));
  const component = create();
  listen(component);
  const wires = io.eventNames().flatMap((event) =>
    io
      .rawListeners(event)
      .filter((listener) => !before.get(event)?.has(listener))
      .map((listener) => ({ event, listener: listener as (...values: unknown[]) => void })),
  );
  let awake = true;
  return {
    wake() {
      if (awake) return;
      awake = true;
      for (const { event, listener } of wires) io.on(event, listener);
      turn(component, true);
    },
    rest() {
      if (!awake) return;
      awake = false;
      for (const { event, listener } of wires) io.removeListener(event, listener);
      turn(component, false);
    },
  };
}
