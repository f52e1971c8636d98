import { bitsPerElement, elementTypeName } from './element-types.ts';
import { errors } from './errors.ts';
import type { OnnxTensor } from './model.ts';
import { checkTensorLength, elementCount, EXTERNAL, valueList } from './tensor-size.ts';

export type TensorArray =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array;

/**
 * The values of a constant, row-major, in an array of their own, however the file stores them. What JavaScript has no
 * numbers for comes as bits: float16 and bfloat16 in a Uint16Array, 8-bit floats in a Uint8Array; `bool` is 0 or 1 in
 * a Uint8Array, 4-bit integers are unpacked, a complex number is two numbers.
 *
 * @throws ONNX_TENSOR_LENGTH if it holds more or fewer values than its shape says
 * @throws ONNX_EXTERNAL_MISSING if they lie in another file: `withExternal` puts them into the model
 *
 * @example
 * const three = { name: 'w', type: 7, dims: [3], longs: [1n, 2n, 3n] };
 * const none = { raw: new Uint8Array(0), floats: [], ints: [], doubles: [], unsigned: [], strings: [], external: [] };
 * String(tensorValues({ ...none, ...three, dataLocation: 0 })); // '1,2,3'
 */
export function tensorValues(tensor: OnnxTensor): TensorArray | string[] {
  if (tensor.dataLocation === EXTERNAL) {
    const file = tensor.external.find(({ key }) => key === 'location')?.value ?? '';
    throw errors.ONNX_EXTERNAL_MISSING({ tensor: tensor.name, file });
  }
  const type = elementTypeName(tensor.type);
  const bits = bitsPerElement(tensor.type);
  if (bits === undefined && type !== 'string') {
    throw errors.ONNX_TYPE_UNSUPPORTED({ role: 'constant', name: tensor.name, type });
  }
  checkTensorLength(tensor);
  if (bits === undefined) return tensor.strings.map((each) => utf8.decode(each));
  // Packed: an odd number of values leaves half a byte over.
  if (bits < 8) return unpack(bytesOf(tensor), elementCount(tensor), bits, type.startsWith('int'));
  const create = ARRAYS[type] ?? bytes;
  return create(tensor.raw.length > 0 ? new Uint8Array(tensor.raw).buffer : valueList(tensor).list);
}

const utf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** From little-endian bytes, as every machine has them that ONNX Runtime runs on, or from a list of numbers. */
type Create = (values: ArrayBuffer | readonly (number | bigint)[]) => TensorArray;

const create =
  (Numbers: new (values: ArrayBuffer | readonly number[]) => TensorArray): Create =>
  (values) =>
    new Numbers(values instanceof ArrayBuffer ? values : numbers(values));

const numbers = (values: readonly (number | bigint)[]): readonly number[] =>
  typeof values[0] === 'bigint' ? values.map(Number) : (values as readonly number[]);

const bytes = create(Uint8Array);
const words = create(Uint16Array);
const singles = create(Float32Array);
const doubles = create(Float64Array);

const ARRAYS: Readonly<Record<string, Create | undefined>> = {
  float32: singles,
  complex64: singles,
  float64: doubles,
  complex128: doubles,
  float16: words,
  bfloat16: words,
  uint16: words,
  int16: create(Int16Array),
  int8: create(Int8Array),
  int32: create(Int32Array),
  uint32: create(Uint32Array),
  int64: (values) => new BigInt64Array(values as ArrayBuffer | bigint[]),
  uint64: (values) => new BigUint64Array(values as ArrayBuffer | bigint[]),
};

const bytesOf = (tensor: OnnxTensor) => (tensor.raw.length > 0 ? tensor.raw : Uint8Array.from(tensor.ints));

/** The first of several values in a byte lies in its lowest bits. */
function unpack(packed: Uint8Array, count: number, bits: number, signed: boolean): TensorArray {
  const values = signed ? new Int8Array(count) : new Uint8Array(count);
  const perByte = 8 / bits;
  const mask = (1 << bits) - 1;
  for (let index = 0; index < count; index++) {
    const byte = packed[Math.floor(index / perByte)] as number;
    const value = (byte >> ((index % perByte) * bits)) & mask;
    values[index] = signed && value >> (bits - 1) ? value - (1 << bits) : value;
  }
  return values;
}
