import type { ModelRow } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';

/** A reference that can be chosen, and what it is called. */
export interface Offer {
  readonly reference: string;
  readonly words: string;
}
export interface Offers {
  readonly name: string;
  readonly offers: readonly Offer[];
}

/** Per model: its newest version, what its aliases lead to, each version. Newest first. */
export const offersOf = (models: readonly ModelRow[]): Offers[] =>
  models.map(({ name, versions }) => {
    const usable = versions.filter(({ problem }) => !problem);
    const [newest] = usable;
    return {
      name,
      offers: [
        ...(newest ? [{ reference: name, words: WORDS.newestOf(name, newest.version) }] : []),
        ...usable.flatMap(({ version, aliases }) =>
          aliases.map((alias) => ({ reference: `${name}@${alias}`, words: WORDS.aliasOf(name, alias, version) })),
        ),
        ...usable.map(({ version }) => ({ reference: `${name}@${version}`, words: WORDS.versionOf(name, version) })),
      ],
    };
  });

/** The example that an empty reference stands for. */
const EXAMPLE = 'pump-health';

/** The version that a reference leads to, as far as the page can tell. */
export function versionOf(
  models: readonly ModelRow[],
  reference: string,
): { readonly name: string; readonly version: string } | undefined {
  const [name = '', selector] = (reference.trim() || EXAMPLE).split('@').map((part) => part.trim());
  const usable = (models.find((row) => row.name === name)?.versions ?? []).filter(({ problem }) => !problem);
  const found =
    selector === undefined || selector === ''
      ? usable[0]
      : (usable.find(({ version }) => version === selector) ??
        usable.find(({ aliases }) => aliases.includes(selector)) ??
        (/^[0-9a-f]{8,64}$/.test(selector) ? usable.find(({ digest }) => digest?.startsWith(selector)) : undefined));
  return found && { name, version: found.version };
}
