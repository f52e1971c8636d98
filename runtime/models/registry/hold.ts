import { asMillraceError, type MillraceError } from '../../base/index.ts';
import type { ModelHold, ModelPackage } from '../package/index.ts';
import { awaitModel } from './not-found.ts';
import type { Registry } from './types.ts';

/** A hold that must be let go of. */
export type OpenHold = ModelHold & { close(): void };

/**
 * Follows a reference: where an alias moves, or a newer version comes, those who listen are told. A version that cannot be
 * read changes nothing: the one of before goes on. A reference that names nothing is waited for; one that names something
 * broken is an error, and so is a missing example, which nobody can train.
 *
 * @throws as `resolve` does, but for a name, version or alias that is not there yet
 */
export async function holdModel(
  { resolve, onChange }: Pick<Registry, 'resolve' | 'onChange'>,
  reference: string,
): Promise<OpenHold> {
  let current: ModelPackage | undefined;
  let awaited: MillraceError | undefined;
  const first = resolve(reference).then(
    (found) => void (current = found),
    (thrown: unknown) => {
      awaited = awaitModel(reference, asMillraceError(thrown));
    },
  );
  const listeners = new Set<(pkg: ModelPackage) => void>();
  let looking: Promise<void> = first.catch(() => undefined);
  const look = async () => {
    const found = await resolve(reference).catch(() => current);
    if (!found || found.digest === current?.digest) return;
    current = found;
    awaited = undefined;
    for (const listener of [...listeners]) listener(found);
  };
  // Before it is resolved: what moves meanwhile must not be missed.
  const unlisten = onChange(() => {
    looking = looking.then(look);
  });
  try {
    await first;
  } catch (thrown) {
    unlisten();
    throw thrown;
  }
  return {
    reference: reference.trim(),
    get current() {
      return current;
    },
    get awaited() {
      return awaited;
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    close() {
      unlisten();
      listeners.clear();
    },
  };
}
