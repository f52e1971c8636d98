import type { ChipEntry } from './chip.ts';
import { createRelativeHumidity } from './relative-humidity.ts';

export const htu21d: ChipEntry = {
  label: 'HTU21D thermometer and hygrometer',
  addresses: [0x40],
  senses: ['temperature', 'humidity'],
  source: 'TE Connectivity HPC199 rev. 6',
  make: (surroundings) => createRelativeHumidity(surroundings, 0x02, false),
};
