import type { Board } from 'johnny-five';
import type { ActuatorKind } from '../catalogue/actuators.ts';
import type { OutputValue } from '../catalogue/actuators/takes.ts';
import type { Driver, MakeDriver } from './actuators/driver.ts';
import { led, relay, servo } from './actuators/simple.ts';
import type { OutputWiring } from './protocol.ts';

const DRIVERS: Readonly<Record<ActuatorKind, MakeDriver>> = { led, relay, servo };

/** The same component is kept for the same wiring: Johnny-Five never lets one go. */
const keyOf = ({ kind, pins, address, options }: OutputWiring) =>
  JSON.stringify([kind, pins, address, Object.entries(options).sort()]);

/** The actuators of a board: one Johnny-Five component for each wiring, kept and used again. */
export function createOutputs(board: Board, index: (pin: string) => number) {
  const drivers = new Map<string, Driver>();

  const driver = (wiring: OutputWiring): Driver => {
    const key = keyOf(wiring);
    const made = drivers.get(key) ?? DRIVERS[wiring.kind]({ board, index }, wiring);
    drivers.set(key, made);
    return made;
  };

  return {
    take(wiring: OutputWiring): void {
      const { modes } = driver(wiring);
      for (const [pin, mode] of Object.entries(modes)) board.io.pinMode(index(pin), mode);
    },
    set(wiring: OutputWiring, value: OutputValue): void {
      driver(wiring).set(value);
    },
  };
}
