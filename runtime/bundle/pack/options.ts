import type { MillraceError } from '../../base/index.ts';
import type { BundlePreview } from '../../messages/index.ts';
import type { ModelPackage } from '../../models/package/index.ts';
import type { Registry } from '../../models/registry/index.ts';
import type { BundleManifest, FlowNode } from '../types.ts';

/** Node → field → value. Only which fields are set is looked at, and which of them are `${NAME}`. */
export type Credentials = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A file of a bundle's folder `tests/`: a test, or a recording that tests play. */
export interface TestFile {
  /** Relative to the folder, with `/`: `worn-bearing.json`. */
  readonly path: string;
  readonly bytes: Uint8Array;
}

export interface PackedRecording {
  /** With the dot: `.parquet`. */
  readonly extension: string;
  readonly bytes: Uint8Array;
}

/** From what a bundle is made. */
export interface PackOptions {
  readonly name: string;
  readonly flow: readonly FlowNode[];
  /** Ids of the tabs that go in. Default: all. */
  readonly tabs?: readonly string[];
  /** Opened: as nodes see them. */
  readonly credentials?: Credentials;
  readonly models: Pick<Registry, 'find' | 'aliases'>;
  /** Whether a model can do without ONNX Runtime. Default: none can. */
  readonly compiles?: (model: ModelPackage) => boolean | Promise<boolean>;
  readonly tests?: readonly TestFile[];
  /** What a replay node plays, by the name that it has for it; nothing where there is none. */
  readonly recording?: (name: string) => Promise<PackedRecording | undefined>;
  /** Types of nodes that every gateway has: Node-RED's own and Millrace's. */
  readonly builtIn: ReadonlySet<string>;
  /** In its node_modules lie the packages of all other types. */
  readonly userDir?: string;
  /** Core nodes that may run on the device although they can do anything there: `exec`, `file` … */
  readonly allow?: readonly string[];
  /** `linux-arm64` … Default: what the packages in it were built for, else `any`. */
  readonly architectures?: readonly string[];
  /** References, as the flow has them, that follow the device's own registry. */
  readonly localAliases?: readonly string[];
  /** Version of Millrace that it needs at least. */
  readonly runtime: string;
}

/** A bundle that was made, and is not signed yet. */
export interface PackedBundle {
  readonly manifest: BundleManifest;
  /** Of `bundle.json`. */
  readonly text: string;
  /** SHA-256 of that text: what the bundle is. */
  readonly digest: string;
  /** Every other file, by its path. */
  readonly files: ReadonlyMap<string, Uint8Array>;
  /** The `.mrb` file. */
  readonly bytes: Uint8Array;
  /** What whoever made it should know. */
  readonly warnings: readonly MillraceError[];
}

/** What a bundle would be, whether or not it can be made. */
export interface PreviewedBundle {
  readonly manifest: BundleManifest;
  readonly preview: BundlePreview;
}
