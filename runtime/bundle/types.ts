import type { Envelope, Root } from '../keys/index.ts';
import type { ReleaseFacts } from '../messages/index.ts';

/** A node of a flow, as Node-RED keeps it. */
export interface FlowNode {
  readonly id: string;
  readonly type: string;
  readonly [property: string]: unknown;
}

/** A value that is set on the device and never stands in the bundle: `${NAME}` in a flow, or a secret of a node. */
export interface BundleSetting {
  /** Of the environment variable. */
  readonly name: string;
  readonly secret: boolean;
  /** What uses it, in words: `password of the target "cloud"`. */
  readonly use: string;
  /** Of a secret: whose credential it is. */
  readonly credential?: { readonly node: string; readonly field: string };
}

export interface BundleModel {
  readonly name: string;
  readonly version: string;
  /** SHA-256 of the canonical model.json. */
  readonly digest: string;
  /** References in the flow that mean it: `pump-health`, `pump-health@production`. */
  readonly references: readonly string[];
}

export interface BundleNodePackage {
  readonly name: string;
  readonly version: string;
  /** Where the tarball lies in the bundle. */
  readonly tarball: string;
  /** As npm has it: `sha512-…`. */
  readonly integrity: string;
  /** Where what is in it belongs, below the folder that it is installed in: `node_modules/a/node_modules/b`. */
  readonly path: string;
  /** Whether it holds a part that was built for a platform. */
  readonly native: boolean;
}

/** What a device must have: held against its profile before a deploy. */
export interface BundleNeeds {
  /** Types of nodes that the flow uses. */
  readonly nodeTypes: readonly string[];
  /** Operators per model, its weights' bytes, and calls a second where the flow tells: for memory and latency. */
  readonly models: readonly {
    readonly name: string;
    readonly digest: string;
    readonly bytes: number;
    /** Whether it can be compiled: it needs no ONNX Runtime then. */
    readonly compiled: boolean;
    /** Inferences a second, where the flow says so. */
    readonly rate?: number;
  }[];
  readonly nativeLibraries: readonly string[];
  /** Of what unpacking takes. */
  readonly diskBytes: number;
  /** Real boards that the flow uses: kind, and the abilities that its nodes need. */
  readonly boards: readonly {
    readonly node: string;
    readonly name: string;
    readonly kind: string;
    readonly port?: string;
    readonly features: readonly string[];
    /** Bits a second of its serial line, where that is not the usual. */
    readonly baud?: number;
    /** What its pins must be able to do. */
    readonly pins?: readonly { readonly pin: string; readonly use: string }[];
  }[];
  /** Ports that the flow listens on. */
  readonly ports: readonly number[];
  /** Those of them on which the built-in broker does: it waits for its port as long as that is held. */
  readonly brokerPorts?: readonly number[];
  /** Core nodes that are off unless listed: exec, file, watch … */
  readonly allowed: readonly string[];
}

/** `bundle.json`: what the bundle is. Its canonical JSON's SHA-256 is the bundle's digest. The same input gives the same bytes. */
export interface BundleManifest {
  readonly format: 1;
  readonly name: string;
  /** Of Millrace, at least: `0.1.0`. */
  readonly runtime: string;
  /** `any`, or `linux-arm64` … */
  readonly architectures: readonly string[];
  readonly tabs: readonly { readonly id: string; readonly label: string; readonly file: string }[];
  readonly models: readonly BundleModel[];
  /** References that follow the device's own registry instead of being pinned: `pump-watch@production`, or a model that the flow trains. */
  readonly localAliases: readonly string[];
  /** By name. One that several nodes keep secret stands there once for each of them. */
  readonly settings: readonly BundleSetting[];
  readonly packages: readonly BundleNodePackage[];
  /** Where each lies in the bundle: `tests/NAME.json`. */
  readonly tests: readonly string[];
  readonly needs: BundleNeeds;
  /** Every other file, by its path in the bundle, sorted. */
  readonly files: Readonly<Record<string, { readonly bytes: number; readonly sha256: string }>>;
}

/** What is signed: the payload of the DSSE envelope `release.dsse.json`, the bundle's last file. */
export interface Release {
  readonly format: 1;
  readonly type: 'millrace-release';
  readonly version: number;
  /** ms since the epoch */
  readonly issued: number;
  readonly expires: number;
  /** Which gateways it is for; `any` is for all. */
  readonly group: string;
  readonly manifest: BundleManifest;
}

/** A bundle read from a file or a folder. */
export interface Bundle {
  readonly manifest: BundleManifest;
  /** The canonical text of `bundle.json`. */
  readonly text: string;
  readonly digest: string;
  /** Not yet verified. */
  readonly envelope?: Envelope;
}

/** A bundle with its files at hand. */
export interface OpenBundle extends Bundle {
  /** Its file or folder, absolute. */
  readonly source: string;
  /** One of its files, held against its SHA-256. @throws BUNDLE_ALTERED, BUNDLE_CUT, BUNDLE_MISSING */
  read(path: string): Promise<Buffer>;
  /** One of its files in pieces, not held against anything yet. @throws BUNDLE_CUT, BUNDLE_MISSING */
  content(path: string): AsyncIterable<Uint8Array>;
}

/** Against what a release is judged. */
export interface AcceptanceRules {
  readonly root: Root;
  readonly group: string;
  /** The highest version that was ever accepted here. */
  readonly newest?: ReleaseFacts;
  /** Of Millrace. */
  readonly runtime: string;
  /** `linux-x64` */
  readonly architecture: string;
  /** ms since the epoch; where the clock is not to be trusted (before the release was issued), expiry is not judged by it. */
  readonly now: number;
}
