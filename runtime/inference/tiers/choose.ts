import { errors } from '../errors.ts';
import { loadNative } from './native.ts';
import type { Tier, TierName } from './tier.ts';
import { loadWasm } from './wasm.ts';

export interface ChosenTier {
  readonly tier: Tier;
  /** Why it is this one, in words. */
  readonly why: string;
}

/** In the order of preference. */
const LOADERS: readonly { readonly name: TierName; load(): Promise<Tier> }[] = [
  { name: 'native', load: loadNative },
  { name: 'wasm', load: loadWasm },
];

/**
 * Loads the first tier that this machine can load.
 *
 * @param forced only this one is tried
 * @throws TIER_UNAVAILABLE with each tier's reason if none loads
 */
export async function chooseTier(forced: TierName | undefined): Promise<ChosenTier> {
  const reasons: string[] = [];
  for (const { name, load } of LOADERS) {
    if (forced !== undefined && name !== forced) continue;
    try {
      const tier = await load();
      return { tier, why: why(name, forced, reasons) };
    } catch (thrown) {
      reasons.push(`${name}: ${firstLine(thrown)}`);
    }
  }
  throw errors.TIER_UNAVAILABLE({ reasons: reasons.join('; ') });
}

function why(name: TierName, forced: TierName | undefined, reasons: readonly string[]): string {
  if (forced !== undefined) return `${name} was asked for`;
  return reasons.length === 0 ? 'the native library loads on this machine' : `could not load ${reasons.join('; ')}`;
}

// A failing require lists its whole stack of importing files.
const firstLine = (thrown: unknown) => (thrown instanceof Error ? thrown.message : String(thrown)).split('\n')[0] ?? '';
