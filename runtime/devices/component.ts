import { normalisePin } from './catalogue/pin-uses.ts';
import type { ComponentEntry, ComponentOption } from './catalogue/types.ts';
import type { Claim } from './claims.ts';
import { errors } from './errors.ts';
import { shownValue } from './shown-value.ts';
import type { ComponentOptions } from './types.ts';

interface Asked {
  readonly holder: string;
  readonly label?: string;
  readonly pins: readonly string[];
  readonly address?: number;
  readonly options?: ComponentOptions;
}

/** A component's settings, found right as far as they can be without its board, with what was left out filled in. */
export interface Wiring {
  /** In the order of the roles; '' where an optional one is left out. */
  readonly pins: readonly string[];
  readonly claims: readonly Claim[];
  /** Of a chip on the bus. */
  readonly address?: number;
  readonly options: ComponentOptions;
}

/**
 * Checks what a node asks for against its entry of the catalogue, before Johnny-Five sees it: that takes a pin twice and
 * any option, and fails on a bad address far from where it was given.
 *
 * @throws PIN_MISSING, PIN_TWICE, ADDRESS_INVALID, COMPONENT_OPTION_INVALID
 */
export function wiringOf(entry: ComponentEntry, asked: Asked): Wiring {
  const { label: component } = entry;
  const label = asked.label ?? component;
  const pins = entry.pins.map((_, index) => normalisePin(asked.pins[index] ?? ''));
  const options = optionsOf(entry, asked.options ?? {});
  const pullup = options['pullup'] === true;
  const claims = entry.pins.flatMap(({ role, use, optional }, index): Claim[] => {
    const pin = pins[index] ?? '';
    if (pin !== '') return [{ holder: asked.holder, label, pin, use, ...(use === 'digital' && pullup && { pullup }) }];
    if (!optional) throw errors.PIN_MISSING({ component, role });
    return [];
  });
  const twice = claims.find(({ pin }, index) => claims.findIndex((claim) => claim.pin === pin) !== index);
  if (twice) throw errors.PIN_TWICE({ component, pin: twice.pin });
  return { pins, claims, ...addressOf(entry, asked.address), options };
}

function addressOf({ label, addresses }: ComponentEntry, asked = 0): { address?: number } {
  const [usual] = addresses ?? [];
  if (!addresses || usual === undefined) return {};
  const address = asked === 0 ? usual : asked;
  if (addresses.includes(address)) return { address };
  const hex = (each: number) => `0x${each.toString(16)}`;
  throw errors.ADDRESS_INVALID({ component: label, address: hex(address), addresses: addresses.map(hex).join(' or ') });
}

function optionsOf({ label, options = [] }: ComponentEntry, given: ComponentOptions): ComponentOptions {
  const unknown = Object.keys(given).find((key) => !options.some((option) => option.key === key));
  if (unknown !== undefined) {
    const known = options.map(({ key }) => key).join(', ') || 'none';
    throw errors.COMPONENT_OPTION_INVALID({ component: label, option: unknown, allowed: known });
  }
  return Object.fromEntries(options.map((option) => [option.key, optionOf(label, option, given[option.key])]));
}

function optionOf(component: string, option: ComponentOption, given: unknown = option.standard) {
  if (option.kind === 'number' && typeof given === 'number' && given >= option.min && given <= option.max) {
    if (!option.whole || Number.isInteger(given)) return given;
  }
  if (option.kind === 'choice' && typeof given === 'string' && option.options.some(({ value }) => value === given)) {
    return given;
  }
  if (option.kind === 'flag' && typeof given === 'boolean') return given;
  const allowed =
    option.kind === 'number'
      ? `${option.min} to ${option.max}${option.unit ? ` ${option.unit}` : ''}`
      : option.kind === 'choice'
        ? option.options.map(({ value }) => value).join(' or ')
        : 'true or false';
  throw errors.COMPONENT_OPTION_INVALID({ component, option: option.label, value: shownValue(given), allowed });
}
