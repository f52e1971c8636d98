import type { Clock } from '../../base/index.ts';
import type { Board } from 'johnny-five';
import { SENSORS } from '../catalogue/sensors.ts';
import { type Component, createSensor } from './components.ts';
import type { SensorRequest } from './protocol.ts';

interface Shared {
  readonly pin: string;
  readonly digital: boolean;
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
  emit: (id: number, time: number, value: number) => void,
) {
  const shared = new Map<string, Shared>();

  const create = (request: SensorRequest, users: Set<number>): Component => {
    let seen: number | undefined;
    // A digital pin is reported when it changes: silence there is not a dead wire.
    const digital = SENSORS[request.kind].mode === 'digital';
    const fresh = () => {
      const before = seen;
      seen = lastRead(request.pin);
      return digital || (seen !== undefined && seen !== before);
    };
    const out = (value: number) => {
      const time = (digital ? undefined : seen) ?? clock.now();
      for (const id of users) emit(id, time, value);
    };
    return createSensor(board, request, out, fresh);
  };

  // Firmware reports digital pins by ports of eight.
  const report = (pin: string, on: boolean) => {
    const port = index(pin) >> 3;
    const needed = [...shared.values()].some(
      (held) => held.digital && held.users.size > 0 && index(held.pin) >> 3 === port,
    );
    if (on) board.io.pinMode(index(pin), board.io.MODES.INPUT);
    if (on || !needed) board.io.reportDigitalPin(index(pin), on ? 1 : 0);
  };

  return {
    add(request: SensorRequest): void {
      const key = `${request.kind} ${request.pin} ${request.period}`;
      const held = shared.get(key);
      const users = held?.users ?? new Set();
      const digital = SENSORS[request.kind].mode === 'digital';
      users.add(request.id);
      if (held) held.component.wake();
      else shared.set(key, { pin: request.pin, digital, users, component: create(request, users) });
      if (digital) report(request.pin, true);
    },
    remove(id: number): void {
      for (const { users, component, digital, pin } of shared.values()) {
        if (!users.delete(id) || users.size > 0) continue;
        component.rest();
        if (digital) report(pin, false);
      }
    },
  };
}
