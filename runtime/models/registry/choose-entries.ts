import { byNameNewestFirst } from './entry.ts';
import { type FoundEntry, visible } from './find-entries.ts';
import { isDigestPrefix, type ModelReference } from './model-reference.ts';

/** Where an alias leads: to a digest, or in a layer that ships to a version. */
export interface AliasTarget {
  readonly version: string;
  readonly digest?: string;
}

/** What an empty reference means: the model of the flow that a new user directory opens on. */
const EXAMPLE = 'pump-health';

/**
 * What a reference may mean, the best first: usable before broken, which comes last so that its own error is said.
 *
 * @param target where the reference's selector leads, if it is an alias
 */
export function chooseEntries(
  all: readonly FoundEntry[],
  { name, selector }: ModelReference,
  target: AliasTarget | undefined,
): FoundEntry[] {
  const seen = visible(all);
  if (name === '') {
    const shipped = seen.filter(({ origin }) => origin === 'shipped').sort(byNameNewestFirst);
    return [...shipped.filter((entry) => entry.name === EXAMPLE), ...shipped].slice(0, 1);
  }
  const named = seen.filter((entry) => entry.name === name).sort(byNameNewestFirst);
  if (selector === undefined) return usableFirst(named);
  const called = named.filter(({ version }) => version === selector);
  if (called.length > 0) return usableFirst(called);
  if (target) {
    return all.filter(({ digest, version, ...entry }) => {
      return (
        entry.name === name && (target.digest === undefined ? version === target.version : digest === target.digest)
      );
    });
  }
  const digested = isDigestPrefix(selector) ? all.filter((entry) => entry.digest?.startsWith(selector)) : [];
  // Of two that begin alike neither is meant.
  if (new Set(digested.map(({ digest }) => digest)).size === 1) return digested;
  // Whose model.json cannot be read has no version to ask for, unless its folder says it.
  return named.filter(({ error }) => error).slice(0, 1);
}

/** Whether the selector must be looked for among the aliases. */
export const mayBeAlias = (all: readonly FoundEntry[], { name, selector }: ModelReference): boolean =>
  selector !== undefined && !all.some((entry) => entry.name === name && entry.version === selector);

const usableFirst = (entries: readonly FoundEntry[]) => [
  ...entries.filter(({ error }) => !error),
  ...entries.filter(({ error }) => error),
];
