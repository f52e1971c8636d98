import { SENSORS } from './catalogue/sensors.ts';
import type { AddressClaim, Claim } from './claims.ts';
import { wiringOf } from './component.ts';
import type { SensorRequest } from './session/protocol.ts';
import type { ReadRequest } from './types.ts';

/** A sensor that a node asked for, found right: what the session is told, and what must be free for it. */
export interface Reading {
  readonly request: SensorRequest;
  readonly claims: readonly Claim[];
  /** Of a chip: its place on the bus. */
  readonly place?: AddressClaim;
  readonly units: readonly string[];
}

/** ms */
const ON_CHANGE = 50;

/** @throws PIN_MISSING, PIN_TWICE, ADDRESS_INVALID, OPTION_INVALID */
export function readingOf(id: number, asked: ReadRequest): Reading {
  const { kind, holder } = asked;
  const entry = SENSORS[kind];
  const { claims, ...wiring } = wiringOf(entry, asked);
  // What is sent when it changes must be looked at more often than it is sent.
  const period = entry.onChange ? Math.min(ON_CHANGE, asked.period) : asked.period;
  const { address } = wiring;
  return {
    request: { id, kind, period, ...wiring },
    claims,
    ...(entry.chip &&
      address !== undefined && { place: { holder, label: asked.label ?? entry.label, address, chip: entry.chip } }),
    units: entry.gives.map(({ unit }) => unit),
  };
}
