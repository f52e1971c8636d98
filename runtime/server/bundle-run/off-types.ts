import type { BundleNeeds } from '../../bundle/index.ts';

/** Core nodes that can do anything on a device: off, unless the bundle allows them. */
const OFF = ['exec', 'file', 'file in', 'watch'];

/** Packages that function nodes load. */
export const FUNCTION_MODULES = 'function-modules';

export const offTypes = ({ allowed }: BundleNeeds): ReadonlySet<string> =>
  new Set(OFF.filter((type) => !allowed.includes(type)));
