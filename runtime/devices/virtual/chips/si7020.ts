import type { ChipEntry } from './chip.ts';
import { createRelativeHumidity } from './relative-humidity.ts';

export const si7020: ChipEntry = {
  label: 'Si7020 thermometer and hygrometer',
  addresses: [0x40],
  senses: ['temperature', 'humidity'],
  source: 'Silicon Labs Si7020-A20 rev. 1.2',
  make: (surroundings) => createRelativeHumidity(surroundings, 0x3a, true),
};
