import type { ModelHold, ModelPackage } from '../package/index.ts';
import type { Registry } from './types.ts';

/** A hold that must be let go of. */
export type OpenHold = ModelHold & { close(): void };

/**
 * Follows a reference: where an alias moves, or a newer version comes, those who listen are told. A version that cannot be
 * read changes nothing: the one of before goes on.
 *
 * @throws as `resolve` does
 */
export async function holdModel(
  { resolve, onChange }: Pick<Registry, 'resolve' | 'onChange'>,
  reference: string,
): Promise<OpenHold> {
  let current: ModelPackage;
  const first = resolve(reference).then((found) => void (current = found));
  const listeners = new Set<(pkg: ModelPackage) => void>();
  let looking: Promise<void> = first.catch(() => undefined);
  const look = async () => {
    const found = await resolve(reference).catch(() => current);
    if (found.digest === current.digest) return;
    current = found;
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
    get current() {
      return current;
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
