import { join } from 'node:path';
import { asMillraceError, systemClock, toPlainError } from '../../base/index.ts';
import { leadsTo, readAliases, readShippedAliases } from './aliases.ts';
import { checkAlias } from './check-names.ts';
import { chooseEntries, mayBeAlias } from './choose-entries.ts';
import { byNameNewestFirst } from './entry.ts';
import { errors } from './errors.ts';
import { findEntries, type FoundEntry, storedIn, visible } from './find-entries.ts';
import { createFollower } from './follow.ts';
import { holdModel } from './hold.ts';
import { holderOf } from './holder.ts';
import { createRegistryIndex } from './index-file.ts';
import { withIndexRows } from './index-rows.ts';
import { parseReference } from './model-reference.ts';
import { nextVersion } from './next-version.ts';
import { notFound } from './not-found.ts';
import { createPackageCache } from './package-cache.ts';
import { removeFolder } from './remove-folder.ts';
import { storePackage } from './store-package.ts';
import { switchAlias } from './switch-alias.ts';
import { tidy } from './tidy.ts';
import type { Registry, RegistryOptions } from './types.ts';

/** Opens the registry: reads nothing yet, and opens no file. */
export function openRegistry(options: RegistryOptions): Registry {
  const { layers, directory, pins = {}, clock = systemClock, follow = true } = options;
  const cache = createPackageCache();
  const index = createRegistryIndex(join(directory, 'index.sqlite'), clock);
  const follower = createFollower(index, clock, follow);
  const roots = { layers, directory };
  let tidied: Promise<void> | undefined;
  let switching: Promise<unknown> = Promise.resolve();

  const all = () => findEntries(cache, roots);
  const tidyOnce = () =>
    (tidied ??= tidy(storedIn(directory), index, all, clock).catch((error: unknown) => {
      // Kept, it would fail every later request too.
      tidied = undefined;
      throw error;
    }));

  /** What the reference may mean, the best first; at least one. */
  const candidates = async (reference: string): Promise<FoundEntry[]> => {
    const wanted = parseReference(reference);
    const entries = await all();
    const pin = pins[reference.trim()];
    const pinned = pin === undefined ? [] : entries.filter(({ digest }) => digest === pin);
    if (pinned.length > 0) return pinned;
    const aliases = mayBeAlias(entries, wanted) ? await readAliases(index, layers) : [];
    const target = aliases.find(({ name, alias }) => name === wanted.name && alias === wanted.selector);
    const chosen = chooseEntries(entries, wanted, target);
    if (chosen.length > 0) return chosen;
    if (target) throw errors.ALIAS_DANGLING({ ...target, digest: target.digest ?? 'unknown' });
    // Of whose model.json nothing can be read only the index knows the name.
    const { name, selector } = wanted;
    const complete = await withIndexRows(index, [], directory, entries);
    const lost = complete.filter((each) => each.name === name && (selector ?? each.version) === each.version);
    if (lost.length > 0) return lost;
    throw notFound(reference, entries, await readAliases(index, layers));
  };

  /** The first that can be read whole, or the first one's error. */
  const firstSound = async <T>(entries: readonly FoundEntry[], read: (entry: FoundEntry) => Promise<T>): Promise<T> => {
    let first: unknown;
    for (const entry of entries) {
      try {
        if (entry.error) throw asMillraceError(entry.error);
        return await read(entry);
      } catch (thrown) {
        first ??= thrown;
      }
    }
    throw first;
  };

  const complete = async (entries: readonly FoundEntry[]) => await withIndexRows(index, layers, directory, entries);

  const findNow = async (reference: string): Promise<FoundEntry> =>
    await firstSound(await candidates(reference), async (entry) => {
      await cache.check(entry.directory);
      return entry;
    });
  // A folder that was found may be taken away while it is read.
  const find = (reference: string): Promise<FoundEntry> =>
    findNow(reference).catch((error: unknown) => {
      if (asMillraceError(error).code !== 'PACKAGE_MISSING') throw error;
      return findNow(reference);
    });

  const named = async (name: string, version: string): Promise<FoundEntry> => {
    await tidyOnce();
    const entries = visible(await complete(await all()));
    const entry = entries.find((each) => each.name === name && (each.version ?? '') === version);
    if (entry) return entry;
    throw notFound(`${name}@${version}`, entries, await readAliases(index, layers));
  };

  const registry: Registry = {
    async list() {
      await tidyOnce();
      const entries: FoundEntry[] = [];
      // One after the other: their files need not be in memory together.
      for (const entry of visible(await all())) {
        if (entry.error) entries.push(entry);
        else
          entries.push(
            await cache.check(entry.directory).then(
              () => entry,
              (thrown: unknown) => ({ ...entry, error: toPlainError(thrown) }),
            ),
          );
      }
      return (await complete(entries)).sort(byNameNewestFirst);
    },
    resolve: async (reference) =>
      await firstSound(await candidates(reference), ({ directory }) => cache.read(directory)),
    async find(reference) {
      const entry = await find(reference);
      const [completed = entry] = await complete([entry]);
      return completed;
    },
    async put(source, { note } = {}) {
      await tidyOnce();
      const entries = visible(await complete(await all()));
      const { name, version, digest } = await storePackage({ source, entries, directory, index, clock });
      if (note !== undefined) await index.note(digest, note);
      follower.changed();
      return await registry.find(`${name}@${version}`);
    },
    async nextVersion(name) {
      const entries = await complete(await all());
      return nextVersion(entries.filter((entry) => entry.name === name).map(({ version = '' }) => version));
    },
    async alias(name, alias, version) {
      checkAlias(alias);
      if (version === undefined) {
        const removed = await index.removeAlias(name, alias, clock.now());
        if (!removed) throw notFound(`${name}@${alias}`, await all(), await readAliases(index, layers));
        return follower.changed();
      }
      await tidyOnce();
      const entry = await holderOf(() => find(`${name}@${version}`), index, clock);
      const { digest = '', version: found = '', stored } = entry;
      const moved = await index.moveAlias({ name, alias, digest, version: found, moved: clock.now() }, stored);
      if (!moved) throw notFound(`${name}@${version}`, await all(), await readAliases(index, layers));
      follower.changed();
    },
    switchAlias(command, follows, about) {
      const moved = switching.then(() => clock.hold(switchAlias(moving, clock, command, follows, about)));
      switching = moved.catch(() => undefined);
      return moved;
    },
    async aliases(name) {
      return (await readAliases(index, layers)).filter((alias) => name === undefined || alias.name === name);
    },
    moves: (name, alias) => index.moves(name, alias),
    async remove(name, version) {
      const entry = await named(name, version);
      if (entry.origin === 'shipped') throw errors.VERSION_SHIPPED({ name, version });
      const aliases = (await readAliases(index, layers)).filter((alias) => leadsTo(alias, entry));
      const kept = entry.stored && aliases.length === 0 && !(await index.forget(entry.digest ?? ''));
      if (aliases.length > 0 || kept) {
        const held = kept ? await readAliases(index, layers) : aliases;
        const names = held.filter((alias) => leadsTo(alias, entry)).map(({ alias }) => alias);
        if (names.length > 0) throw errors.VERSION_ALIASED({ name, version, aliases: names });
      }
      await removeFolder(entry.directory);
      if (entry.digest !== undefined) await index.note(entry.digest, '');
      follower.changed();
    },
    async note(name, version, text) {
      const { digest, error } = await named(name, version);
      if (digest === undefined) throw asMillraceError(error);
      await index.note(digest, text);
      follower.changed();
    },
    facts: (digest) => index.facts(digest),
    keepFacts: (digest, facts) => index.keepFacts(digest, facts),
    onChange: (listener) => follower.listen(listener),
    hold: (reference) => holdModel(registry, reference),
    async close() {
      follower.stop();
      await index.close();
    },
  };
  const moving = {
    ...registry,
    pinned: (reference: string) => Object.hasOwn(pins, reference),
    async shipped(name: string, alias: string) {
      const target = (await readShippedAliases(layers)).find((one) => one.name === name && one.alias === alias);
      return target && (await find(`${name}@${target.version}`).catch(() => undefined))?.digest;
    },
  };
  return registry;
}
