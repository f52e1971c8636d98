/** What can do anything on a device, and so is off there unless a bundle allows it: known to who packs and to who runs. */
import type { BundleNeeds } from './types.ts';

/** Core nodes, by their types. */
const TYPES = ['exec', 'file', 'file in', 'watch'] as const;

/** Modules of other packages that function nodes load. */
export const FUNCTION_MODULES = 'function-modules';

/** All that a bundle may have to allow. */
export const RISKY: readonly string[] = [...TYPES, FUNCTION_MODULES];

/** Types of nodes that a bundle does not allow. */
export const offTypes = ({ allowed }: Pick<BundleNeeds, 'allowed'>): ReadonlySet<string> =>
  new Set(TYPES.filter((type) => !allowed.includes(type)));
