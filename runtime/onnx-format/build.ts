/** Short ways to say the parts of a model that is being written. */
import { type ElementTypeName, elementTypeNumber } from './element-types.ts';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, OpsetImport, ValueInfo } from './model.ts';

const utf8 = new TextEncoder();
const NO_BYTES = new Uint8Array(0);

/** AttributeProto.AttributeType. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;
const TENSOR = 4;
const FLOATS = 6;
const INTS = 7;
const STRINGS = 8;

const NO_VALUES = { f: 0, i: 0n, s: NO_BYTES, floats: [], ints: [], strings: [], tensors: [], graphs: [] };

export type AttributeValue =
  number | bigint | string | OnnxTensor | readonly number[] | readonly bigint[] | readonly string[];

/** A number is a FLOAT, a bigint an INT; a list of them FLOATS, INTS, STRINGS. An empty list is FLOATS. */
export function attribute(name: string, value: AttributeValue): OnnxAttribute {
  if (typeof value === 'number') return { ...NO_VALUES, name, type: FLOAT, f: value };
  if (typeof value === 'bigint') return { ...NO_VALUES, name, type: INT, i: value };
  if (typeof value === 'string') return { ...NO_VALUES, name, type: STRING, s: utf8.encode(value) };
  if (!isList(value)) return { ...NO_VALUES, name, type: TENSOR, t: value };
  const [first] = value;
  if (typeof first === 'bigint') return { ...NO_VALUES, name, type: INTS, ints: value as readonly bigint[] };
  if (typeof first === 'string') {
    return {
      ...NO_VALUES,
      name,
      type: STRINGS,
      strings: (value as readonly string[]).map((text) => utf8.encode(text)),
    };
  }
  return { ...NO_VALUES, name, type: FLOATS, floats: value as readonly number[] };
}

const isList = (value: AttributeValue & object): value is Exclude<typeof value, OnnxTensor> => Array.isArray(value);

/**
 * A node that is named after its first output.
 *
 * @param domain `ai.onnx.ml` for trees, scalers and the like
 */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, AttributeValue>> = {},
  domain = '',
): OnnxNode {
  const listed = Object.entries(attributes).map(([name, value]) => attribute(name, value));
  return { name: outputs[0] ?? op, op, domain, inputs, outputs, attributes: listed };
}

const NO_TENSOR = {
  raw: NO_BYTES,
  floats: [],
  ints: [],
  longs: [],
  doubles: [],
  unsigned: [],
  strings: [],
  external: [],
  dataLocation: 0,
};

/** A constant of another type than float32, row-major. */
export function tensor(
  name: string,
  type: 'float64' | 'int64' | 'int32' | 'bool' | 'string',
  dims: readonly number[],
  values: readonly (number | string)[],
): OnnxTensor {
  const base = { ...NO_TENSOR, name, type: elementTypeNumber(type), dims };
  if (type === 'float64') return { ...base, doubles: values.map(Number) };
  if (type === 'int64') return { ...base, longs: values.map(BigInt) };
  if (type === 'string') return { ...base, strings: values.map((each) => utf8.encode(String(each))) };
  return { ...base, ints: values.map(Number) };
}

/** A float32 constant, row-major. */
export function floatTensor(name: string, dims: readonly number[], values: ArrayLike<number>): OnnxTensor {
  const raw = new Uint8Array(values.length * 4);
  const view = new DataView(raw.buffer);
  for (let index = 0; index < values.length; index++) view.setFloat32(index * 4, values[index] as number, true);
  const type = elementTypeNumber('float32');
  return { ...NO_TENSOR, name, type, dims, raw };
}

/** An input or output. A dimension is a size, or the name of a free one. */
export function value(name: string, type: ElementTypeName, dimensions: readonly (number | string)[]): ValueInfo {
  const shape = {
    dimensions: dimensions.map((each) => (typeof each === 'number' ? { value: each } : { name: each })),
  };
  return { name, type: { tensor: { elementType: elementTypeNumber(type), shape } } };
}

/**
 * IR version 8 and ai.onnx 17: read by every ONNX Runtime since 1.14.
 *
 * @param opsets other operator sets
 */
export function model(
  graph: Pick<OnnxGraph, 'name' | 'nodes' | 'initializers' | 'inputs' | 'outputs'>,
  metadata: Readonly<Record<string, string>> = {},
  opsets: readonly OpsetImport[] = [{ domain: '', version: 17n }],
): OnnxModel {
  return {
    irVersion: 8,
    opsets,
    producerName: 'millrace',
    producerVersion: '',
    domain: '',
    modelVersion: 0n,
    description: '',
    graph: { values: [], description: '', ...graph },
    functions: [],
    metadata: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
  };
}
