/** The chips that a scene may place on the virtual I2C bus, by their key. */
export { CHIPS } from './table.ts';
export type { ChipName } from './table.ts';
