import { ACTUATORS } from './catalogue/actuators.ts';
import type { ActuatorEntry } from './catalogue/types.ts';
import type { AddressClaim, Claim } from './claims.ts';
import { wiringOf } from './component.ts';
import { errors } from './errors.ts';
import type { OutputWiring } from './session/protocol.ts';
import type { OutputRequest } from './types.ts';

/** An actuator that a node asked for, found right: what the session is told, and what must be free for it. */
export interface Driving {
  readonly wiring: OutputWiring;
  readonly claims: readonly Claim[];
  readonly address?: AddressClaim;
}

/** @throws PIN_MISSING, PIN_TWICE, ADDRESS_INVALID, COMPONENT_OPTION_INVALID */
export function driving(asked: OutputRequest): Driving {
  const entry: ActuatorEntry = ACTUATORS[asked.kind];
  const { pins, claims, address = 0, options } = wiringOf(entry, asked);
  const { from, to } = options;
  if (typeof from === 'number' && typeof to === 'number' && from > to) {
    const allowed = `at least the smallest angle, ${from}`;
    throw errors.COMPONENT_OPTION_INVALID({
      component: entry.label,
      option: 'Largest angle',
      value: String(to),
      allowed,
    });
  }
  const wiring = { kind: asked.kind, pins, address, options };
  if (entry.chip === undefined) return { wiring, claims };
  const outputs = entry.outputs?.(options) ?? [WHOLE];
  const twice = outputs.find((output, index) => outputs.indexOf(output) !== index);
  if (twice !== undefined) throw errors.PIN_TWICE({ component: entry.label, pin: String(twice) });
  const { holder, label = entry.label } = asked;
  return { wiring, claims, address: { holder, label, address, chip: entry.chip, kind: asked.kind, outputs } };
}

/** The output of a chip that nobody else can drive beside it, such as a display. */
const WHOLE = 0;
