import { SENSORS } from './catalogue/sensors.ts';
import type { ChipOption } from './catalogue/fast-chips.ts';
import type { SensorEntry } from './catalogue/types.ts';
import type { AddressClaim, Claim } from './claims.ts';
import { wiringOf } from './component.ts';
import type { SensorRequest } from './session/protocol.ts';
import type { ComponentOptions, ReadRequest } from './types.ts';

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

/** @throws PIN_MISSING, PIN_TWICE, ADDRESS_INVALID, COMPONENT_OPTION_INVALID */
export function readingOf(id: number, asked: ReadRequest): Reading {
  const { kind, holder } = asked;
  const entry = SENSORS[kind];
  const { claims, ...wiring } = wiringOf(entry, asked);
  // What is sent when it changes must be looked at more often than it is sent.
  const period = entry.onChange ? Math.min(ON_CHANGE, asked.period) : asked.period;
  const { address, options } = wiring;
  return {
    request: { id, kind, period, ...wiring },
    claims,
    ...(entry.chip &&
      address !== undefined && {
        place: {
          ...{ holder, label: asked.label ?? entry.label, address, chip: entry.chip },
          setup: setupOf(entry, options),
        },
      }),
    units: entry.gives.map(({ unit }) => unit),
  };
}

/** What is chosen of a list, as a range is. */
function setupOf({ options = [] }: SensorEntry, chosen: ComponentOptions): ChipOption[] {
  return options.flatMap((option) => {
    const value = chosen[option.key];
    if (option.kind !== 'choice' || value === undefined) return [];
    return [{ key: option.key, value, label: option.options.find((each) => each.value === value)?.label ?? '' }];
  });
}
