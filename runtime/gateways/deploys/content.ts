import { readBundle } from '../../bundle/index.ts';
import type { ReleaseFacts } from '../../messages/index.ts';

/** A signed bundle's file, as it is sent. */
export interface DeployContent {
  /** The manifest's canonical text. */
  readonly manifest: string;
  readonly envelope: unknown;
  readonly release: ReleaseFacts;
  /** By SHA-256: how long, and where in the bundle. Two files of the same content travel once. */
  readonly files: ReadonlyMap<string, { readonly bytes: number; readonly path: string }>;
  /** The gateway holds it against its SHA-256. */
  read(path: string): AsyncIterable<Uint8Array>;
}

/** @throws what is wrong with the file */
export async function openContent(file: string, release: ReleaseFacts): Promise<DeployContent> {
  const bundle = await readBundle(file);
  const entries = Object.entries(bundle.manifest.files);
  return {
    manifest: bundle.text,
    envelope: bundle.envelope,
    release,
    files: new Map(entries.map(([path, { bytes, sha256 }]) => [sha256, { bytes, path }])),
    read: (path) => bundle.content(path),
  };
}
