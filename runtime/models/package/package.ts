import type { Manifest } from './manifest.ts';

/** Feature rows in the order of time, from which drift calibrates. */
export interface Reference {
  readonly names: readonly string[];
  /** One row a window, oldest first; a value a name. */
  readonly rows: readonly Float64Array[];
}

/** A version of a model, read and found unchanged. */
export interface ModelPackage {
  readonly manifest: Manifest;
  /** SHA-256 of the canonical model.json, which holds the digest of every other file. */
  readonly digest: string;
  /** The bytes of model.onnx. */
  readonly onnx: Uint8Array;
  readonly reference?: Reference;
  readonly directory: string;
}

/** What a package is written from: the rest is derived. */
export interface PackageParts {
  readonly manifest: Omit<Manifest, 'format' | 'files'>;
  readonly onnx: Uint8Array;
  readonly reference?: Reference;
}
