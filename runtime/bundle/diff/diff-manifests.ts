import type { BundleManifest } from '../types.ts';
import type { Change, DiffPart } from './types.ts';

/** What is different in what a bundle brings along and asks for, the flow aside. */
export function diffManifests(before: BundleManifest, after: BundleManifest): DiffPart[] {
  const parts: DiffPart[] = [
    { title: 'Models', changes: diffModels(before, after) },
    { title: 'Set on the device', changes: diffSettings(before, after) },
    { title: 'Node packages', changes: diffPackages(before, after) },
    { title: 'Tests', changes: diffFiles(before, after, 'tests/') },
    { title: 'Recordings', changes: diffFiles(before, after, 'recordings/') },
    { title: 'The bundle', changes: diffRest(before, after) },
  ];
  return parts.filter(({ changes }) => changes.length > 0);
}

function diffModels(before: BundleManifest, after: BundleManifest): Change[] {
  const was = byKey(before.models, ({ name, version }) => `${name} ${version}`);
  const is = byKey(after.models, ({ name, version }) => `${name} ${version}`);
  const come = after.models.filter(({ name, version }) => !was.has(`${name} ${version}`));
  const gone = before.models.filter(({ name, version }) => !is.has(`${name} ${version}`));
  const references = (list: readonly string[]) => list.map((each) => (each === '' ? 'the example' : each)).join(', ');
  const changes: Change[] = [];
  const replaced = new Set<string>();
  for (const model of come) {
    // One that stands where another stood is that one's new version.
    const old = gone.find(({ name, version }) => name === model.name && !replaced.has(`${name} ${version}`));
    if (old) replaced.add(`${old.name} ${old.version}`);
    const text = old ? `${model.name} ${old.version} → ${model.version}` : `${model.name} ${model.version}`;
    changes.push({ sign: old ? '~' : '+', text: `${text} (${references(model.references)})` });
  }
  for (const { name, version } of gone) {
    if (!replaced.has(`${name} ${version}`)) changes.push({ sign: '-', text: `${name} ${version}` });
  }
  for (const [key, model] of is) {
    const old = was.get(key);
    if (!old) continue;
    if (old.digest !== model.digest) changes.push({ sign: '~', text: `${key}: another model of the same version` });
    const [had, has] = [references(old.references), references(model.references)];
    if (had !== has) changes.push({ sign: '~', text: `${key}: asked for as ${had} → ${has}` });
  }
  return changes;
}

function diffSettings(before: BundleManifest, after: BundleManifest): Change[] {
  return diffBy(
    ...[before.settings, after.settings],
    ({ name }) => name,
    ({ name, use, secret }) => `${name}${secret ? ', secret' : ''}: ${use}`,
  );
}

function diffPackages(before: BundleManifest, after: BundleManifest): Change[] {
  // Where it lies says which one of several versions it is.
  const was = byKey(before.packages, ({ path }) => path);
  const is = byKey(after.packages, ({ path }) => path);
  return [
    ...after.packages.flatMap(({ path, name, version, integrity }): Change[] => {
      const old = was.get(path);
      if (!old) return [{ sign: '+', text: `${name} ${version}` }];
      if (old.integrity === integrity) return [];
      const text = old.version === version ? `${name} ${version}: other files` : `${name} ${old.version} → ${version}`;
      return [{ sign: '~', text }];
    }),
    ...before.packages.flatMap(({ path, name, version }): Change[] =>
      is.has(path) ? [] : [{ sign: '-', text: `${name} ${version}` }],
    ),
  ];
}

function diffFiles(before: BundleManifest, after: BundleManifest, folder: string): Change[] {
  const list = ({ files }: BundleManifest) =>
    Object.entries(files)
      .filter(([path]) => path.startsWith(folder))
      .map(([path, file]) => ({ path: path.slice(folder.length), ...file }));
  return diffBy(
    list(before),
    list(after),
    ({ path }) => path,
    ({ path }) => path,
  );
}

function diffRest(before: BundleManifest, after: BundleManifest): Change[] {
  const listed = (list: readonly string[]) => (list.length === 0 ? 'none' : list.join(', '));
  const values: readonly (readonly [string, (manifest: BundleManifest) => string])[] = [
    ['name', ({ name }) => JSON.stringify(name)],
    ['needs Millrace', ({ runtime }) => runtime],
    ['for', ({ architectures }) => listed(architectures)],
    ['core nodes that may run', ({ needs }) => listed(needs.allowed)],
    ["aliases that follow the device's own", ({ localAliases }) => listed(localAliases)],
  ];
  return values.flatMap(([what, of]): Change[] =>
    of(before) === of(after) ? [] : [{ sign: '~', text: `${what}: ${of(before)} → ${of(after)}` }],
  );
}

function diffBy<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  words: (item: T) => string,
): Change[] {
  const [was, is] = [byKey(before, keyOf), byKey(after, keyOf)];
  const same = (a: T, b: T) => JSON.stringify(a) === JSON.stringify(b);
  return [
    ...after.flatMap((item): Change[] => {
      const old = was.get(keyOf(item));
      if (!old) return [{ sign: '+', text: words(item) }];
      return same(old, item) ? [] : [{ sign: '~', text: words(item) }];
    }),
    ...before.flatMap((item): Change[] => (is.has(keyOf(item)) ? [] : [{ sign: '-', text: words(item) }])),
  ];
}

const byKey = <T>(list: readonly T[], keyOf: (item: T) => string): ReadonlyMap<string, T> =>
  new Map(list.map((item) => [keyOf(item), item]));
