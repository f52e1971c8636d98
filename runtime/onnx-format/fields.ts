/**
 * The messages of onnx.proto as tables: which field holds what. Reader and writer walk these tables; what they do not
 * list is kept as it came, under `UNLISTED`, so that a model that is read and written loses nothing.
 *
 * @see https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
 */
export type Kind = 'int32' | 'int64' | 'size' | 'float' | 'double' | 'string' | 'bytes' | MessageName;

/** The key of a message's fields that its table does not list, tags included. */
export const UNLISTED = 'unlisted';

export interface Field {
  readonly name: string;
  readonly kind: Kind;
  /** An array, empty when absent. */
  readonly repeated?: true;
  /** Left out of the object when absent, instead of 0, '' or no bytes. */
  readonly optional?: true;
  /** Of all fields of a message that say this, only one holds. */
  readonly oneOf?: true;
}

export type MessageName =
  | 'model'
  | 'opset'
  | 'entry'
  | 'graph'
  | 'node'
  | 'attribute'
  | 'tensor'
  | 'value'
  | 'type'
  | 'tensorType'
  | 'shape'
  | 'dimension'
  | 'element'
  | 'mapType'
  | 'function';

export type Message = Readonly<Record<number, Field>>;

const one = (name: string, kind: Kind): Field => ({ name, kind });
const many = (name: string, kind: Kind): Field => ({ name, kind, repeated: true });
const maybe = (name: string, kind: Kind): Field => ({ name, kind, optional: true });
const choice = (name: string, kind: Kind): Field => ({ name, kind, optional: true, oneOf: true });

export const MESSAGES: Readonly<Record<MessageName, Message>> = {
  model: {
    1: one('irVersion', 'size'),
    2: one('producerName', 'string'),
    3: one('producerVersion', 'string'),
    4: one('domain', 'string'),
    5: one('modelVersion', 'int64'),
    6: one('description', 'string'),
    7: maybe('graph', 'graph'),
    8: many('opsets', 'opset'),
    14: many('metadata', 'entry'),
    25: many('functions', 'function'),
  },
  function: {
    1: one('name', 'string'),
    4: many('inputs', 'string'),
    5: many('outputs', 'string'),
    7: many('nodes', 'node'),
    9: many('opsets', 'opset'),
    10: one('domain', 'string'),
  },
  opset: { 1: one('domain', 'string'), 2: one('version', 'int64') },
  entry: { 1: one('key', 'string'), 2: one('value', 'string') },
  graph: {
    1: many('nodes', 'node'),
    2: one('name', 'string'),
    5: many('initializers', 'tensor'),
    10: one('description', 'string'),
    11: many('inputs', 'value'),
    12: many('outputs', 'value'),
    13: many('values', 'value'),
  },
  node: {
    1: many('inputs', 'string'),
    2: many('outputs', 'string'),
    3: one('name', 'string'),
    4: one('op', 'string'),
    5: many('attributes', 'attribute'),
    7: one('domain', 'string'),
  },
  attribute: {
    1: one('name', 'string'),
    2: one('f', 'float'),
    3: one('i', 'int64'),
    4: one('s', 'bytes'),
    5: maybe('t', 'tensor'),
    6: maybe('g', 'graph'),
    7: many('floats', 'float'),
    8: many('ints', 'int64'),
    9: many('strings', 'bytes'),
    10: many('tensors', 'tensor'),
    11: many('graphs', 'graph'),
    20: one('type', 'int32'),
  },
  tensor: {
    1: many('dims', 'size'),
    2: one('type', 'int32'),
    4: many('floats', 'float'),
    5: many('ints', 'int32'),
    6: many('strings', 'bytes'),
    7: many('longs', 'int64'),
    8: one('name', 'string'),
    9: one('raw', 'bytes'),
    10: many('doubles', 'double'),
    11: many('unsigned', 'int64'),
    13: many('external', 'entry'),
    14: one('dataLocation', 'int32'),
  },
  value: { 1: one('name', 'string'), 2: maybe('type', 'type') },
  type: {
    1: choice('tensor', 'tensorType'),
    4: choice('sequence', 'element'),
    5: choice('map', 'mapType'),
    8: choice('sparse', 'tensorType'),
    9: choice('optional', 'element'),
  },
  tensorType: { 1: one('elementType', 'int32'), 2: maybe('shape', 'shape') },
  shape: { 1: many('dimensions', 'dimension') },
  dimension: { 1: choice('value', 'size'), 2: choice('name', 'string') },
  element: { 1: maybe('element', 'type') },
  mapType: { 1: one('keyType', 'int32'), 2: maybe('value', 'type') },
};
