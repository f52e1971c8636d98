/** A way of running a model. All give the same answers; test/runtime/inference/conformance.ts holds them to it. */
export const TIERS = ['compiled', 'native', 'wasm'] as const;
export type TierName = (typeof TIERS)[number];
export const isTierName = (name: string): name is TierName => (TIERS as readonly string[]).includes(name);

export type TensorValues =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | readonly string[];

/** A tensor as plain data: it crosses threads and belongs to no library. */
export interface PlainTensor {
  /** Element type as ONNX Runtime's JavaScript API names it: `float32`, `int64`, `string`. `float16` are bits in a Uint16Array. */
  readonly type: string;
  readonly dims: readonly number[];
  /** Row-major. */
  readonly data: TensorValues;
}

export type Tensors = Readonly<Record<string, PlainTensor>>;

export interface TierSession {
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  run(feeds: Tensors): Promise<Tensors>;
  release(): Promise<void>;
}

export interface Tier {
  readonly name: TierName;
  /** @param onnx a model that onnx-format has accepted: some element types abort the process */
  create(onnx: Uint8Array): Promise<TierSession>;
}
