import type { AliasTarget } from './choose-entries.ts';
import type { RegistryIndex } from './index-file.ts';
import { readLayerAliases } from './layer-aliases.ts';

/** A name that moves from version to version. */
export interface ModelAlias extends AliasTarget {
  readonly name: string;
  readonly alias: string;
  readonly origin: 'own' | 'shipped';
  /** ms since the epoch; of one that ships nobody knows. */
  readonly moved?: number;
}

/**
 * Every alias, those of this machine before those that ship, which they hide.
 *
 * @throws ALIASES_INVALID, or what storage says of the index
 */
export async function readAliases(index: RegistryIndex, layers: readonly string[]): Promise<ModelAlias[]> {
  const own = (await index.aliases()).map((row): ModelAlias => ({ ...row, origin: 'own' }));
  const all = [...own, ...(await readShippedAliases(layers))];
  const seen = new Set<string>();
  return all.filter(({ name, alias }) => !seen.has(`${name}@${alias}`) && seen.add(`${name}@${alias}`));
}

/**
 * Those that ship with Millrace, a flow or a bundle, the most important layer first.
 *
 * @throws ALIASES_INVALID
 */
export async function readShippedAliases(layers: readonly string[]): Promise<ModelAlias[]> {
  const shipped = await Promise.all(layers.map(readLayerAliases));
  return shipped.flatMap((layer) =>
    Object.entries(layer).flatMap(([name, aliases]) =>
      Object.entries(aliases).map(([alias, version]): ModelAlias => ({ name, alias, version, origin: 'shipped' })),
    ),
  );
}

/** Whether an alias leads to this version. */
export const leadsTo = (
  { name, version, digest }: Pick<ModelAlias, 'name' | 'version' | 'digest'>,
  entry: { readonly name: string; readonly version: string | undefined; readonly digest: string | undefined },
): boolean => name === entry.name && (digest === undefined ? version === entry.version : digest === entry.digest);
