import { relative, sep } from 'node:path';
import { type PlainError, toPlainError } from '../../base/index.ts';
import type { ModelPackage } from '../package/index.ts';
import { errors } from './errors.ts';
import { findPackages } from './find-packages.ts';
import { createPackageCache } from './package-cache.ts';
import { compareVersions } from './version-order.ts';

export interface RegistryOptions {
  /** Read-only directories of packages, the most important first: what ships with Millrace or a bundle. */
  readonly layers: readonly string[];
  /** Packages of this machine: it need not exist. They hide those of the layers with the same name and version. */
  readonly directory: string;
}

/** A package as the registry found it. */
export interface RegistryEntry {
  /** From its model.json; of a broken package from its folders. */
  readonly name: string;
  readonly version: string | undefined;
  readonly digest: string | undefined;
  readonly directory: string;
  readonly origin: 'shipped' | 'own';
  /** Why it cannot be used. */
  readonly error?: PlainError;
}

export interface Registry {
  /** Every package, usable or not, by name and newest version first. */
  list(): Promise<readonly RegistryEntry[]>;
  /**
   * @param reference `name` (its newest version), `name@version`, or '' for the example that ships with Millrace
   * @throws MODEL_NOT_FOUND with what there is; the package's own error if it is broken
   */
  resolve(reference: string): Promise<ModelPackage>;
}

/** The registry over plain directories: a package is there when its folder is. */
export function openRegistry({ layers, directory }: RegistryOptions): Registry {
  const cache = createPackageCache();

  const entryOf = async (root: string, path: string, origin: RegistryEntry['origin']): Promise<RegistryEntry> => {
    try {
      return { ...(await cache.identify(path)), directory: path, origin };
    } catch (thrown) {
      const [name = path, version] = relative(root, path).split(sep);
      return { name, version, digest: undefined, directory: path, origin, error: toPlainError(thrown) };
    }
  };

  const entriesIn = async (root: string, origin: RegistryEntry['origin']) =>
    await Promise.all((await findPackages(root)).map((path) => entryOf(root, path, origin)));

  /** The most important first; of the same name and version only the first. */
  const found = async (): Promise<RegistryEntry[]> => {
    const own = entriesIn(directory, 'own');
    const all = await Promise.all([own, ...layers.map((layer) => entriesIn(layer, 'shipped'))]);
    const seen = new Set<string>();
    return all.flat().filter((entry) => {
      const key = entry.error ? entry.directory : referenceTo(entry);
      return !seen.has(key) && seen.add(key);
    });
  };

  return {
    list: async () => (await found()).sort(byNameNewestFirst),
    async resolve(reference) {
      const entries = await found();
      const wanted = reference.trim();
      const entry = wanted === '' ? entries.find(({ origin }) => origin === 'shipped') : choose(entries, wanted);
      if (entry) return await cache.read(entry.directory);
      const known = entries.filter(({ error }) => !error).map(referenceTo);
      throw errors.MODEL_NOT_FOUND({ reference: wanted, known: known.sort() });
    },
  };
}

/** A usable package before a broken one, which is chosen so that its own error is said. */
function choose(entries: readonly RegistryEntry[], reference: string): RegistryEntry | undefined {
  const matches = entries.filter((entry) => entry.name === reference || referenceTo(entry) === reference);
  const [newest] = matches.filter(({ error }) => !error).sort(byNameNewestFirst);
  // Whose model.json cannot be read has no version to ask for, unless its folder says it.
  return newest ?? matches[0] ?? entries.find(({ error, name }) => error && reference.startsWith(`${name}@`));
}

const referenceTo = ({ name, version }: RegistryEntry) => (version === undefined ? name : `${name}@${version}`);

function byNameNewestFirst(a: RegistryEntry, b: RegistryEntry): number {
  if (a.name !== b.name) return a.name < b.name ? -1 : 1;
  return compareVersions(b.version ?? '', a.version ?? '');
}
