import type { ChosenOptions } from './actuators/takes.ts';
import type { ComponentOption, PinRole } from './types.ts';

/** Every option of a component: as it was chosen, or as the catalogue has it. */
export function standardOptions(options: readonly ComponentOption[] = [], chosen: ChosenOptions = {}): ChosenOptions {
  return Object.fromEntries(options.map(({ key, standard }) => [key, chosen[key] ?? standard]));
}

/** The pins of a component, one for each role: a required one that is left empty is on its usual pin. */
export function standardPins(roles: readonly PinRole[], chosen: readonly string[]): string[] {
  return roles.map(({ standard, optional }, role) => chosen[role]?.trim() || (optional ? '' : standard));
}
