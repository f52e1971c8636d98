import type { Clock } from '../../base/index.ts';
import type { Board } from 'johnny-five';
import { SENSORS } from '../catalogue/sensors.ts';
import type { SensorValue } from '../types.ts';
import { type Component, createSensor } from './components.ts';
import type { SensorRequest } from './protocol.ts';

interface Shared {
  /** Its digital pins: the board is told to report them. */
  readonly digital: readonly string[];
  readonly component: Component;
  readonly users: Set<number>;
}

/** The sensors of a board. Those that are read alike share one Johnny-Five component, which rests while nobody uses it. */
export function createSensors(
  board: Board,
  clock: Clock,
  index: (pin: string) => number,
  /** When this pin was last read, ms since the epoch; `undefined`: not yet. */
  lastRead: (pin: string) => number | undefined,
  emit: (id: number, time: number, value: SensorValue) => void,
) {
  const shared = new Map<string, Shared>();

  const pinsOf = ({ kind, pins }: SensorRequest, wanted: 'analog' | 'digital') =>
    pins.filter((pin, place) => pin !== '' && SENSORS[kind].pins[place]?.use === wanted);

  const create = (request: SensorRequest, users: Set<number>): Component => {
    let seen: number | undefined;
    // A digital pin is reported when it changes: silence there is not a dead wire.
    const [analog] = pinsOf(request, 'analog');
    const fresh = () => {
      const before = seen;
      seen = analog === undefined ? undefined : lastRead(analog);
      return analog === undefined || (seen !== undefined && seen !== before);
    };
    const out = (value: SensorValue) => {
      for (const id of users) emit(id, seen ?? clock.now(), value);
    };
    return createSensor(board, request, out, fresh);
  };

  // Firmware reports digital pins by ports of eight.
  const report = (pin: string, on: boolean) => {
    const port = index(pin) >> 3;
    const needed = [...shared.values()].some(
      ({ digital, users }) => users.size > 0 && digital.some((held) => index(held) >> 3 === port),
    );
    if (on) board.io.pinMode(index(pin), board.io.MODES.INPUT);
    if (on || !needed) board.io.reportDigitalPin(index(pin), on ? 1 : 0);
  };

  return {
    add(request: SensorRequest): void {
      const { id, ...alike } = request;
      const key = JSON.stringify(alike);
      const held = shared.get(key);
      const users = held?.users ?? new Set();
      const digital = pinsOf(request, 'digital');
      users.add(id);
      if (held) held.component.wake();
      else shared.set(key, { digital, users, component: create(request, users) });
      for (const pin of digital) report(pin, true);
    },
    remove(id: number): void {
      for (const { users, component, digital } of shared.values()) {
        if (!users.delete(id) || users.size > 0) continue;
        component.rest();
        for (const pin of digital) report(pin, false);
      }
    },
    /** Lets every component rest: none has a timer left. */
    close(): void {
      for (const { component } of shared.values()) component.rest();
    },
  };
}
