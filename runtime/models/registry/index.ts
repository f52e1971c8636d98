export { checkAlias } from './check-names.ts';
export { openRegistry } from './registry.ts';
export type { Registry, RegistryOptions } from './types.ts';
export type { RegistryEntry } from './entry.ts';
export type { ModelAlias } from './aliases.ts';
export type { AliasMove } from './index-file.ts';
export type { AliasSwitch } from './switch-alias.ts';
export { toModelRows, toModelVersion } from './model-rows.ts';
