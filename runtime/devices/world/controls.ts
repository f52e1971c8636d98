import { shownValue } from '../shown-value.ts';
import type { Control, WorldState } from './types.ts';

/** One of several; the first is the well one. */
export interface ChoiceSpec {
  readonly kind: 'choice';
  readonly name: string;
  /** What the sidebar calls it. */
  readonly label: string;
  readonly options: readonly string[];
  /** Few will ever touch it: the state names it only while it is not well. */
  readonly quiet?: true;
}

/** A number between bounds. */
export interface SliderSpec {
  readonly kind: 'slider';
  readonly name: string;
  readonly label: string;
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly step: number;
  /** Where it stands at the beginning. */
  readonly standard: number;
}

/** A part of a world that can be set, as its scene describes it. */
export type ControlSpec = ChoiceSpec | SliderSpec;

const standardOf = (spec: ControlSpec): string | number =>
  spec.kind === 'slider' ? spec.standard : (spec.options[0] ?? '');

/** How everything stands at the beginning. */
export const standardState = (specs: readonly ControlSpec[]): WorldState =>
  named(specs, Object.fromEntries(specs.map((spec) => [spec.name, standardOf(spec)])));

/** The state after a change that has no problem. */
export function stateAfter(specs: readonly ControlSpec[], before: WorldState, change: object): WorldState {
  const given = Object.entries(change).filter(([, value]) => value !== undefined);
  return named(specs, { ...before, ...Object.fromEntries(given) });
}

/** A state without what is quiet and well. */
function named(specs: readonly ControlSpec[], state: WorldState): WorldState {
  const isQuiet = (spec: ControlSpec) => spec.kind === 'choice' && spec.quiet && state[spec.name] === spec.options[0];
  const quiet = new Set(specs.filter(isQuiet).map(({ name }) => name));
  return Object.fromEntries(Object.entries(state).filter(([name]) => !quiet.has(name)));
}

/** The controls as they stand. A choice that the state does not name is well. */
export const controlsAt = (specs: readonly ControlSpec[], state: WorldState): Control[] =>
  specs.map((spec): Control => {
    const value = state[spec.name] ?? standardOf(spec);
    if (spec.kind === 'choice') {
      const { kind, name, label, options } = spec;
      return { kind, name, label, value: String(value), options: [...options] };
    }
    const { kind, name, label, unit, min, max, step } = spec;
    return { kind, name, label, value: Number(value), unit, min, max, step };
  });

/** What is wrong with a change of a world that has these controls, in words; `undefined`: nothing. */
export function problemOf(specs: readonly ControlSpec[], change: unknown): string | undefined {
  if (typeof change !== 'object' || change === null || Array.isArray(change)) {
    return `${shownValue(change)} is not an object`;
  }
  for (const [name, value] of Object.entries(change)) {
    const spec = specs.find((each) => each.name === name);
    if (!spec) return `there is no "${name}"`;
    if (value !== undefined && !takes(spec, value)) return `${name} cannot be ${shownValue(value)}`;
  }
  return undefined;
}

function takes(spec: ControlSpec, value: unknown): boolean {
  if (spec.kind === 'choice') return typeof value === 'string' && spec.options.includes(value);
  return typeof value === 'number' && value >= spec.min && value <= spec.max;
}

/** What may be set, in words. */
export const allowedWords = (specs: readonly ControlSpec[]): string =>
  specs
    .map((spec) =>
      spec.kind === 'choice'
        ? `${spec.name}: ${spec.options.map((value) => `"${value}"`).join(' or ')}`
        : `${spec.name}: ${spec.min} to ${spec.max}${spec.unit && ` ${spec.unit}`}`,
    )
    .join(', ');
