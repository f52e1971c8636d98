import { SENSORS } from './catalogue/sensors.ts';
import type { Claim } from './claims.ts';
import { wiringOf } from './component.ts';
import type { SensorRequest } from './session/protocol.ts';
import type { ReadRequest } from './types.ts';

/** A sensor that a node asked for, found right: what the session is told, and what must be free for it. */
export interface Reading {
  readonly request: SensorRequest;
  readonly claims: readonly Claim[];
  readonly units: readonly string[];
}

/** @throws PIN_MISSING, PIN_TWICE, ADDRESS_INVALID, OPTION_INVALID */
export function readingOf(id: number, asked: ReadRequest): Reading {
  const { kind, period } = asked;
  const { claims, ...wiring } = wiringOf(SENSORS[kind], asked);
  return { request: { id, kind, period, ...wiring }, claims, units: SENSORS[kind].gives.map(({ unit }) => unit) };
}
