/** What is seen of an actuator that no single pin shows: one on a chip, or on several wires. */
import type { OutputValue } from './catalogue/actuators/takes.ts';
import type { ActuatorEntry } from './catalogue/types.ts';
import type { AddressClaim } from './claims.ts';
import type { createState } from './state.ts';

type State = ReturnType<typeof createState>;

export interface ShownActuator {
  /** @param dots what a matrix of lamps shows of it, row by row */
  tell(value: OutputValue, dots?: readonly string[]): void;
  leave(): void;
}

/** Groups of actuators that show something. */
const DISPLAYS: ReadonlySet<string> = new Set(['LCD', 'LED matrix', 'digits']);

/** The display of a virtual board (`isVirtual`) shows itself. */
export function onChip(
  state: State,
  isVirtual: boolean,
  { group, outputs, takes }: ActuatorEntry,
  { address, outputs: taken = [] }: AddressClaim,
): ShownActuator {
  const isText = group === 'LCD';
  const isDisplay = DISPLAYS.has(group);
  const name = isText ? 'text' : outputs ? `channel ${taken.join(', ')}:` : '';
  return {
    tell(value, dots) {
      if (isDisplay && isVirtual) return;
      if (dots) state.chip(address, 'dots', dots.join('\n'));
      else state.chip(address, name, isText ? String(value) : takes.tell(value));
    },
    leave() {
      state.chipLeft(address, name);
      state.chipLeft(address, 'dots');
    },
  };
}

/** It shows what it was told, as none of its wires says it. */
export function onWires(state: State, { group, takes }: ActuatorEntry, pins: readonly string[]): ShownActuator {
  return {
    tell(value, dots) {
      const text = DISPLAYS.has(group) && !dots ? { text: String(value).split('\n') } : {};
      state.actuator(pins, { value: takes.tell(value), ...text, ...(dots && { dots: [...dots] }) });
    },
    leave: () => state.actuatorLeft(pins),
  };
}
