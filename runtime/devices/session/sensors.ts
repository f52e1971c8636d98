import { SENSORS } from '../catalogue/sensors.ts';
import type { SensorEntry } from '../catalogue/types.ts';
import type { SensorValue } from '../types.ts';
import type { Fault, SensorRequest } from './protocol.ts';
import { READERS } from './readers/readers.ts';
import type { Component, Surroundings } from './readers/reader.ts';

interface Shared {
  readonly request: SensorRequest;
  readonly component: Component;
  readonly users: Set<number>;
}

export interface SensorEvents {
  value(id: number, time: number, value: SensorValue): void;
  /** No readings come from this sensor. The next value says that it is back. */
  silent(id: number, fault: Fault): void;
}

/** The sensors of a board. Those that are read alike share one component, which rests while nobody uses it. */
export function createSensors(surroundings: Surroundings, { value, silent }: SensorEvents) {
  const { board, index } = surroundings;
  const shared = new Map<string, Shared>();

  const create = (request: SensorRequest, users: Set<number>): Component => {
    const entry = SENSORS[request.kind];
    let last: string | undefined;
    const receiver = {
      take(values: Readonly<Record<string, number>>, time: number) {
        const given = named(entry, values);
        if (given === undefined) return false;
        const text = JSON.stringify(given);
        // Johnny-Five's buttons say by themselves when they change.
        if (entry.onChange && entry.reader !== 'change' && text === last) return true;
        last = text;
        for (const id of users) value(id, time, given);
        return true;
      },
      silent: (fault: Fault) => users.forEach((id) => silent(id, fault)),
    };
    return READERS[entry.reader](request, entry, surroundings, receiver);
  };

  const digitalPins = ({ kind, pins }: SensorRequest) =>
    SENSORS[kind].reader === 'level' || SENSORS[kind].reader === 'change' ? pins.filter((pin) => pin !== '') : [];

  // Firmware reports digital pins by ports of eight.
  const report = (pin: string, { MODES }: { readonly MODES: Board['MODES'] }, on?: SensorRequest) => {
    const port = index(pin) >> 3;
    const needed = [...shared.values()].some(
      ({ request, users }) => users.size > 0 && digitalPins(request).some((held) => index(held) >> 3 === port),
    );
    if (on) board.io.pinMode(index(pin), on.options['pullup'] === true ? MODES.PULLUP : MODES.INPUT);
    if (on || !needed) board.io.reportDigitalPin(index(pin), on ? 1 : 0);
  };

  return {
    add(request: SensorRequest): void {
      const { id, ...alike } = request;
      const key = JSON.stringify(alike);
      const held = shared.get(key);
      const users = held?.users ?? new Set();
      users.add(id);
      if (held) held.component.wake();
      else shared.set(key, { request, users, component: create(request, users) });
      for (const pin of digitalPins(request)) report(pin, board.io, request);
    },
    remove(id: number): void {
      for (const { users, component, request } of shared.values()) {
        if (!users.delete(id) || users.size > 0) continue;
        component.rest();
        for (const pin of digitalPins(request)) report(pin, board.io);
      }
    },
    /** Lets every component rest: none has a timer left. */
    close(): void {
      for (const { component } of shared.values()) component.rest();
    },
  };
}

type Board = Surroundings['board']['io'];

/** What the table says that a sensor gives. A value that is not a number is none: a curve has an end. */
function named({ gives }: SensorEntry, values: Readonly<Record<string, number>>): SensorValue | undefined {
  const entries = gives.map(({ name, of }) => [name, values[name] ?? values[of ?? name]] as const);
  const known = entries.filter((entry): entry is [string, number] => Number.isFinite(entry[1]));
  if (known.length < gives.length) return undefined;
  return gives.length === 1 ? known[0]?.[1] : Object.fromEntries(known);
}
