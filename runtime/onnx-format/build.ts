/** Short ways to say the parts of a model that is being written. */
import { type ElementTypeName, elementTypeNumber } from './element-types.ts';
import type { OnnxAttribute, OnnxGraph, OnnxModel, OnnxNode, OnnxTensor, ValueInfo } from './model.ts';

const utf8 = new TextEncoder();
const NO_BYTES = new Uint8Array(0);

/** AttributeProto.AttributeType. */
const FLOAT = 1;
const INT = 2;
const STRING = 3;

const NO_VALUES = { f: 0, i: 0n, s: NO_BYTES, floats: [], ints: [], strings: [], tensors: [], graphs: [] };

/** A number is a FLOAT, a bigint an INT. */
export function attribute(name: string, value: number | bigint | string): OnnxAttribute {
  if (typeof value === 'number') return { ...NO_VALUES, name, type: FLOAT, f: value };
  if (typeof value === 'bigint') return { ...NO_VALUES, name, type: INT, i: value };
  return { ...NO_VALUES, name, type: STRING, s: utf8.encode(value) };
}

/** A node that is named after its first output. */
export function node(
  op: string,
  inputs: readonly string[],
  outputs: readonly string[],
  attributes: Readonly<Record<string, number | bigint | string>> = {},
): OnnxNode {
  const listed = Object.entries(attributes).map(([name, value]) => attribute(name, value));
  return { name: outputs[0] ?? op, op, domain: '', inputs, outputs, attributes: listed };
}

/** A float32 constant, row-major. */
export function floatTensor(name: string, dims: readonly number[], values: ArrayLike<number>): OnnxTensor {
  const raw = new Uint8Array(values.length * 4);
  const view = new DataView(raw.buffer);
  for (let index = 0; index < values.length; index++) view.setFloat32(index * 4, values[index] as number, true);
  const type = elementTypeNumber('float32');
  return {
    name,
    type,
    dims,
    raw,
    floats: [],
    ints: [],
    longs: [],
    doubles: [],
    strings: [],
    external: [],
    dataLocation: 0,
  };
}

/** An input or output. A dimension is a size, or the name of a free one. */
export function value(name: string, type: ElementTypeName, dimensions: readonly (number | string)[]): ValueInfo {
  const shape = {
    dimensions: dimensions.map((each) => (typeof each === 'number' ? { value: each } : { name: each })),
  };
  return { name, type: { tensor: { elementType: elementTypeNumber(type), shape } } };
}

/** IR version 8 and ai.onnx 17: read by every ONNX Runtime since 1.14. */
export function model(
  graph: Pick<OnnxGraph, 'name' | 'nodes' | 'initializers' | 'inputs' | 'outputs'>,
  metadata: Readonly<Record<string, string>> = {},
): OnnxModel {
  return {
    irVersion: 8,
    opsets: [{ domain: '', version: 17n }],
    producerName: 'millrace',
    producerVersion: '',
    domain: '',
    modelVersion: 0n,
    description: '',
    graph: { values: [], description: '', ...graph },
    metadata: Object.entries(metadata).map(([key, text]) => ({ key, value: text })),
  };
}
