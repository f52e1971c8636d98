/** What many rows of the table share. */
import type { ComponentOption, Given, PinRole, PinUse } from '../types.ts';

export const signal = (use: PinUse, standard: string): readonly [PinRole] => [
  { role: 'signal', label: 'signal', use, standard },
];

/** Analog wires, on A0 and those after it. */
export const analogWires = (...roles: readonly string[]): PinRole[] =>
  roles.map((role, index) => ({ role, label: role, use: 'analog', standard: `A${index}` }));

export const temperature = (min: number, max: number): Given => ({ name: 'temperature', unit: '°C', min, max });
export const humidity: Given = { name: 'humidity', unit: '%', min: 0, max: 100 };
export const pressure = (min: number, max: number): Given => ({ name: 'pressure', unit: 'hPa', min, max });
export const altitude: Given = { name: 'altitude', unit: 'm', min: -700, max: 9000 };
export const distance = (min: number, max: number): Given => ({ name: 'distance', unit: 'cm', min, max });

/** Three axes: `x`, `y` and `z` of the chip's `accelerationX` and so on. */
export const axes = (of: string, unit: string, most: number): [Given, Given, Given] => [
  { name: 'x', of: `${of}X`, unit, min: -most, max: most },
  { name: 'y', of: `${of}Y`, unit, min: -most, max: most },
  { name: 'z', of: `${of}Z`, unit, min: -most, max: most },
];

/** The same under their whole names, where a chip gives several threes. */
export const namedAxes = (of: string, unit: string, most: number): [Given, Given, Given] => [
  { name: `${of}X`, unit, min: -most, max: most },
  { name: `${of}Y`, unit, min: -most, max: most },
  { name: `${of}Z`, unit, min: -most, max: most },
];

/** Numbers to choose from. Saved as text, as choices are. */
export const numbers = (
  key: string,
  label: string,
  unit: string,
  all: readonly number[],
  standard = all[0],
): ComponentOption => ({
  kind: 'choice',
  key,
  label,
  options: all.map((value) => ({ value: String(value), label: `${value} ${unit}` })),
  standard: String(standard),
});

export const seaLevel: ComponentOption = {
  kind: 'number',
  key: 'seaLevel',
  label: 'Pressure at sea level today',
  unit: 'hPa',
  min: 870,
  max: 1085,
  standard: 1013.25,
};

export const I2C_NOTE = 'Supply, ground, SDA to A4 and SCL to A5 of an Uno.';
