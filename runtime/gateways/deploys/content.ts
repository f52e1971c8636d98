import type { ReleaseFacts } from '../../messages/index.ts';

/** A signed bundle's file, as it is sent. */
export interface DeployContent {
  /** The manifest's canonical text. */
  readonly manifest: string;
  readonly envelope: unknown;
  readonly release: ReleaseFacts;
  /** By SHA-256: how long, and where in the bundle. Two files of the same content travel once. */
  readonly files: ReadonlyMap<string, { readonly bytes: number; readonly path: string }>;
  /** @throws BUNDLE_ALTERED if the file has changed on the studio's disk */
  read(path: string): AsyncIterable<Uint8Array>;
}

/** @throws what is wrong with the file */
export function openContent(file: string, release: ReleaseFacts): Promise<DeployContent> {
  return Promise.reject(new Error(`${file} ${release.version}`));
}
