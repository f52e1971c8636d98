import { createBosch } from './bosch.ts';
import type { ChipEntry } from './chip.ts';

/** Johnny-Five looks for it at 0x77; most modules are strapped to 0x76. */
export const bme280: ChipEntry = {
  label: 'BME280 thermometer, hygrometer and barometer',
  addresses: [0x76, 0x77],
  senses: ['temperature', 'humidity', 'pressure'],
  source: 'Bosch BST-BME280-DS002 rev. 1.6',
  make: (surroundings) => createBosch(surroundings, 0x60),
};
