/** An ONNX model as plain data: the parts of onnx.proto that say what a model is. */
export interface OnnxModel {
  readonly irVersion: number;
  readonly opsets: readonly OpsetImport[];
  readonly producerName: string;
  readonly producerVersion: string;
  readonly domain: string;
  readonly modelVersion: bigint;
  readonly description: string;
  readonly graph: OnnxGraph;
  readonly metadata: readonly MetadataEntry[];
  /** Functions of the model's own, which nodes call like operators. */
  readonly functions: readonly OnnxFunction[];
  /** Fields that this format's tables do not list, as they came: writing puts them back. */
  readonly unlisted?: Uint8Array;
}

/** An operator that the model defines itself, out of others. */
export interface OnnxFunction {
  readonly name: string;
  readonly domain: string;
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly nodes: readonly OnnxNode[];
  readonly opsets: readonly OpsetImport[];
  readonly unlisted?: Uint8Array;
}

export interface OpsetImport {
  /** `''` is ai.onnx. */
  readonly domain: string;
  readonly version: bigint;
  readonly unlisted?: Uint8Array;
}

export interface MetadataEntry {
  readonly key: string;
  readonly value: string;
  readonly unlisted?: Uint8Array;
}

export interface OnnxGraph {
  readonly name: string;
  /** In an order in which they can be computed. */
  readonly nodes: readonly OnnxNode[];
  /** Constants: weights, scales. */
  readonly initializers: readonly OnnxTensor[];
  /** May also name initializers: those have a default. */
  readonly inputs: readonly ValueInfo[];
  readonly outputs: readonly ValueInfo[];
  readonly values: readonly ValueInfo[];
  readonly description: string;
  readonly unlisted?: Uint8Array;
}

export interface OnnxNode {
  readonly name: string;
  /** The operator: `Gemm`, `Softmax`. */
  readonly op: string;
  readonly domain: string;
  /** Names of values; `''` an optional input that is left out. */
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly attributes: readonly OnnxAttribute[];
  readonly unlisted?: Uint8Array;
}

export interface OnnxAttribute {
  readonly name: string;
  /** Number of AttributeProto.AttributeType: says which of the values holds. */
  readonly type: number;
  readonly f: number;
  readonly i: bigint;
  readonly s: Uint8Array;
  readonly t?: OnnxTensor;
  readonly g?: OnnxGraph;
  readonly floats: readonly number[];
  readonly ints: readonly bigint[];
  readonly strings: readonly Uint8Array[];
  readonly tensors: readonly OnnxTensor[];
  readonly graphs: readonly OnnxGraph[];
  readonly unlisted?: Uint8Array;
}

/** Little-endian raw bytes in `raw`, or values in the list of their kind: `tensorValues` reads either. */
export interface OnnxTensor {
  readonly name: string;
  /** Number of TensorProto.DataType. */
  readonly type: number;
  readonly dims: readonly number[];
  readonly raw: Uint8Array;
  readonly floats: readonly number[];
  readonly ints: readonly number[];
  readonly longs: readonly bigint[];
  readonly doubles: readonly number[];
  /** Of uint32 and uint64, as two's complement. */
  readonly unsigned: readonly bigint[];
  readonly strings: readonly Uint8Array[];
  /** Where the values lie outside the file: `location`, `offset`, `length`. */
  readonly external: readonly MetadataEntry[];
  /** 1: the values are external. */
  readonly dataLocation: number;
  readonly unlisted?: Uint8Array;
}

export interface ValueInfo {
  readonly name: string;
  readonly type?: OnnxType;
  readonly unlisted?: Uint8Array;
}

/** Exactly one of these is there. */
export interface OnnxType {
  readonly tensor?: TensorType;
  readonly sequence?: { readonly element?: OnnxType };
  readonly map?: { readonly keyType: number; readonly value?: OnnxType };
  readonly optional?: { readonly element?: OnnxType };
  readonly sparse?: TensorType;
}

export interface TensorType {
  /** Number of TensorProto.DataType. */
  readonly elementType: number;
  /** Left out: not even the number of dimensions is known. */
  readonly shape?: { readonly dimensions: readonly Dimension[] };
  readonly unlisted?: Uint8Array;
}

/** A fixed size, or a name, or neither: unknown. */
export interface Dimension {
  readonly value?: number;
  readonly name?: string;
  readonly unlisted?: Uint8Array;
}
