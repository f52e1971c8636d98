import { createBosch } from './bosch.ts';
import type { ChipEntry } from './chip.ts';

export const bmp280: ChipEntry = {
  label: 'BMP280 barometer and thermometer',
  addresses: [0x76, 0x77],
  senses: ['temperature', 'pressure'],
  source: 'Bosch BST-BMP280-DS001 rev. 1.14',
  make: (surroundings) => createBosch(surroundings, 0x58),
};
