import type { BundleManifest, PackedBundle } from '../bundle/index.ts';
import { columns, showBytes } from './columns.ts';
import { MILLRACE } from './command-name.ts';

/**
 * What a bundle holds, what is to be set on the gateway, and what to look at.
 *
 * @param file where it was written; not at all if it was only tried
 */
export function packedLines({ manifest, digest, bytes, warnings }: PackedBundle, file: string | undefined): string[] {
  const head = `${manifest.name}, ${showBytes(bytes.byteLength)}, digest ${digest.slice(0, 12)}`;
  const checks = warnings.flatMap(({ message, hint }) => [`  check  ${message}`, `         ${hint}`]);
  const next =
    file === undefined ? [] : ['', `Written to ${file}. Sign it: ${MILLRACE} keys sign ${quoted(file)} --key FILE`];
  return [
    head,
    '',
    ...holdingLines(manifest),
    ...settingLines(manifest),
    ...(checks.length > 0 ? ['', ...checks] : []),
    ...next,
  ];
}

/** What is in a bundle, a line each. */
export function holdingLines(manifest: BundleManifest): string[] {
  const { tabs, models, packages, tests, needs, architectures, localAliases, files, runtime } = manifest;
  const recordings = Object.keys(files).filter((path) => path.startsWith('recordings/'));
  const named = (path: string) => path.replace(/^\w+\/|\.json$/g, '');
  const own = packages.filter(({ path }) => path.lastIndexOf('node_modules/') === 0);
  const rows: [string, string][] = [
    ['tabs', tabs.map(({ label }) => label).join(', ')],
    ...models.map((model): [string, string] => ['model', modelLine(model)]),
    ['on the gateway', localAliases.join(', ')],
    ['recordings', recordings.map(named).join(', ')],
    ['tests', tests.map(named).join(', ')],
    ['packages', own.map(({ name, version, native }) => `${name}@${version}${native ? ' (native)' : ''}`).join(', ')],
    ['allowed', needs.allowed.join(', ')],
    [
      'boards',
      needs.boards
        .map(({ name, kind, port }) => `${name} (${kind}${port === undefined ? '' : `, ${port}`})`)
        .join(', '),
    ],
    ['runs on', architectures.includes('any') ? 'any machine' : architectures.join(', ')],
    ['needs', `Millrace ${runtime}, ${showBytes(needs.diskBytes)} of disk`],
  ];
  return columns(rows.filter(([, text]) => text !== '').map(([label, text]) => ['', label, text])).map((line) => line);
}

/** What is set on the gateway. */
export function settingLines({ settings }: BundleManifest): string[] {
  if (settings.length === 0) return [];
  const rows = settings.map(({ name, secret, use }) => ['', name, secret ? `secret: ${use}` : use]);
  return ['', 'To be set on the gateway:', ...columns(rows)];
}

const modelLine = ({ name, version, digest, references }: BundleManifest['models'][number]): string => {
  const others = references.filter((each) => each !== name && each !== '');
  const as = others.length === 0 ? '' : `, for ${others.join(', ')}`;
  return `${name}@${version} (${digest.slice(0, 8)}${as})`;
};

const quoted = (file: string): string => (/^[\w./+-]+$/.test(file) ? file : `"${file}"`);
