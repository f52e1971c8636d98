/** Small bundles for tests, whole or with something wrong in them. */
import { createHash, generateKeyPairSync } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import {
  type BundleManifest,
  canonicalText,
  type FlowNode,
  MANIFEST_FILE,
  type Release,
  RELEASE_FILE,
  RELEASE_TYPE,
  splitFlow,
  type TarEntry,
  writeTar,
} from '../../runtime/bundle/index.ts';
import { type PublicKey, type Root, signEnvelope, type SigningKey } from '../../runtime/keys/index.ts';
import { signingKeyOf } from '../../runtime/keys/signing/key.ts';

export const sha256 = (bytes: Uint8Array | string): string => createHash('sha256').update(bytes).digest('hex');
export const sha512 = (bytes: Uint8Array): string => `sha512-${createHash('sha512').update(bytes).digest('base64')}`;

export interface TestBundle {
  readonly manifest: BundleManifest;
  readonly text: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

export const FLOW: readonly FlowNode[] = [
  { id: 'one', type: 'tab', label: 'One', disabled: false, info: '' },
  { id: 'say', type: 'debug', z: 'one', name: 'say', active: true, x: 300, y: 40, wires: [] },
  { id: 'tick', type: 'inject', z: 'one', name: 'tick', repeat: '1', x: 100, y: 40, wires: [['say']] },
];

export interface Parts {
  readonly name?: string;
  readonly flow?: readonly FlowNode[];
  /** Beside the flow's own. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  readonly manifest?: Partial<BundleManifest>;
}

/** What a bundle holds, with a description that fits. */
export function bundleOf({
  name = 'pump',
  flow = FLOW,
  files: more = {},
  manifest: stated = {},
}: Parts = {}): TestBundle {
  const { tabs, files: flowFiles } = splitFlow(flow);
  const files = new Map(
    [...flowFiles, ...Object.entries(more)].map(([path, content]) => [path, Buffer.from(content as string)] as const),
  );
  const manifest: BundleManifest = {
    format: 1,
    name,
    runtime: '0.1.0',
    architectures: ['any'],
    tabs,
    ...{ models: [], localAliases: [], settings: [], packages: [], tests: [] },
    needs: {
      ...{ nodeTypes: ['debug', 'inject'], models: [], nativeLibraries: [], boards: [], ports: [], allowed: [] },
      diskBytes: [...files.values()].reduce((sum, { byteLength }) => sum + byteLength, 0),
    },
    files: Object.fromEntries(
      [...files].map(([path, bytes]) => [path, { bytes: bytes.byteLength, sha256: sha256(bytes) }]),
    ),
    ...stated,
  };
  return { manifest, text: canonicalText(manifest), files };
}

/** Its entries, in the order of a .mrb file. */
export function entriesOf({ text, files }: TestBundle, envelope?: unknown): TarEntry[] {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return [
    { path: MANIFEST_FILE, bytes: Buffer.from(text) },
    ...sorted.map(([path, bytes]) => ({ path, bytes })),
    ...(envelope === undefined ? [] : [{ path: RELEASE_FILE, bytes: Buffer.from(canonicalText(envelope)) }]),
  ];
}

export const mrb = (bundle: TestBundle, envelope?: unknown): Buffer =>
  Buffer.from(writeTar(entriesOf(bundle, envelope)));

/** A key that nobody else has. */
export function newKey(): SigningKey {
  const { privateKey } = generateKeyPairSync('ed25519');
  return signingKeyOf(privateKey.export({ type: 'pkcs8', format: 'pem' }) as string, 'a test key');
}

export const publicOf = ({ id, publicKey }: PublicKey): PublicKey => ({ id, publicKey });

/** Trusts these keys for releases, so many of them at once. */
export function rootOf(keys: readonly SigningKey[], threshold = 1): Root {
  const role = { threshold, keys: keys.map(publicOf) };
  return { format: 1, type: 'millrace-root', version: 1, expires: 4e12, roles: { root: role, release: role } };
}

export const DAY = 86_400_000;
export const ISSUED = Date.UTC(2026, 10, 1);

/** The envelope around a release of the bundle. */
export function signed(
  { manifest }: Pick<TestBundle, 'manifest'>,
  keys: readonly SigningKey[],
  stated: Partial<Release> = {},
) {
  const release: Release = {
    ...{ format: 1, type: 'millrace-release', version: 1, issued: ISSUED, expires: ISSUED + 365 * DAY, group: 'any' },
    ...{ manifest, ...stated },
  };
  return signEnvelope(RELEASE_TYPE, Buffer.from(canonicalText(release)), keys);
}

/** A tarball as npm makes them. */
export const tgz = (files: readonly TarEntry[]): Buffer =>
  gzipSync(writeTar(files.map((entry) => ({ ...entry, path: `package/${entry.path}` }))));
