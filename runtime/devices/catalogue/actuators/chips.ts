import type { ComponentOption } from '../types.ts';

const range = (from: number, count: number) => Array.from({ length: count }, (_, index) => from + index);

/** Chips that actuators sit on, by their key in the list of virtual ones: the addresses that their straps allow, the usual one first. */
export const ACTUATOR_CHIPS = {
  // 0x70 calls all of them at once.
  pca9685: { label: 'PCA9685', addresses: range(0x40, 64).filter((address) => address !== 0x70) },
  mcp23017: { label: 'MCP23017', addresses: range(0x20, 8) },
  pcf8574: { label: 'PCF8574', addresses: [...range(0x20, 8), ...range(0x38, 8)] },
  'pcf8574-lcd': { label: 'PCF8574 backpack', addresses: [0x27, 0x3f, ...range(0x20, 7), ...range(0x38, 7)] },
  ht16k33: { label: 'HT16K33', addresses: range(0x70, 8) },
} as const satisfies Record<string, { label: string; addresses: readonly number[] }>;

/** A chip of a scene by the name that what drives it has in the catalogue: displays of all sizes sit on the same backpack. */
export const drivenAs = (chip: string): string => (chip.startsWith('lcd') ? 'pcf8574-lcd' : chip);

/** Whether a chip of a scene is the one that is driven: the backpack of a display is an expander. */
export const isSameChip = (driven: string, there: string): boolean =>
  drivenAs(there).replace('-lcd', '') === driven.replace('-lcd', '');

/** What a chip is called that actuators sit on. */
export const chipLabel = (chip: string): string | undefined =>
  (ACTUATOR_CHIPS as Readonly<Record<string, { readonly label: string }>>)[chip]?.label;

export type ActuatorChip = keyof typeof ACTUATOR_CHIPS;

/** Which output of a chip a component is on. */
export const channel = (outputs: number, key = 'channel', label = 'Channel', standard = 0): ComponentOption => ({
  ...{ kind: 'number', key, label, unit: '', min: 0, max: outputs - 1, whole: true, standard },
});

/** What belongs to every component on this chip. */
export const on = (chip: ActuatorChip) => ({
  chip,
  pins: [],
  addresses: ACTUATOR_CHIPS[chip].addresses,
  needs: ['i2c'] as const,
});

/** The outputs of its chip that a component takes, by the options that say so. */
export const outputsOf =
  (...keys: readonly string[]) =>
  (options: Readonly<Record<string, number | string | boolean>>) =>
    keys.map((key) => Number(options[key]));
