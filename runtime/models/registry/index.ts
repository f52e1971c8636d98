export { openRegistry } from './registry.ts';
export type { Registry, RegistryEntry, RegistryOptions } from './registry.ts';
