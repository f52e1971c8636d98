import { bitsPerElement, elementTypeName } from './element-types.ts';
import { errors } from './errors.ts';
import type { OnnxTensor } from './model.ts';

/**
 * How many values a shape holds.
 *
 * @throws ONNX_TENSOR_LENGTH for a negative dimension, or a number beyond 2^53
 */
export function elementCount({ name, dims, type }: Pick<OnnxTensor, 'name' | 'dims' | 'type'>): number {
  const negative = dims.find((size) => size < 0);
  // Not by multiplying blindly: a zero anywhere makes a shape of huge dimensions empty.
  const count = dims.includes(0) ? 0 : dims.reduce((product, size) => product * size, 1);
  if (negative === undefined && Number.isSafeInteger(count)) return count;
  const says = negative === undefined ? `${count} values, more than fit anywhere` : `${negative} values along one side`;
  throw errors.ONNX_TENSOR_LENGTH({ name, dims, type: elementTypeName(type), says, holds: 'fewer' });
}

/**
 * Checks that a constant holds as many values as its shape says. One whose values lie in another file holds none yet.
 *
 * @throws ONNX_TENSOR_LENGTH
 */
export function checkTensorLength(tensor: OnnxTensor): void {
  const count = elementCount(tensor);
  if (tensor.dataLocation === EXTERNAL) return;
  const { says, holds, unit } = expectation(tensor, count);
  if (says === holds) return;
  const { name, dims, type } = tensor;
  const words = { says: `${says} ${unit}`, holds: String(holds) };
  throw errors.ONNX_TENSOR_LENGTH({ name, dims, type: elementTypeName(type), ...words });
}

/** TensorProto.DataLocation. */
export const EXTERNAL = 1;

function expectation(tensor: OnnxTensor, count: number): { says: number; holds: number; unit: string } {
  const bits = bitsPerElement(tensor.type);
  if (bits === undefined) {
    // Of an unknown type nothing can be said.
    const known = elementTypeName(tensor.type) === 'string';
    return { says: known ? count : tensor.strings.length, holds: tensor.strings.length, unit: 'texts' };
  }
  if (tensor.raw.length > 0) return { says: Math.ceil((count * bits) / 8), holds: tensor.raw.length, unit: 'bytes' };
  const { list, perValue } = valueList(tensor);
  return { says: Math.ceil(count * perValue), holds: list.length, unit: 'values' };
}

/** The list that holds a tensor's values where they are no raw bytes, and how many of its numbers make one value. */
export function valueList(tensor: OnnxTensor): { list: readonly (number | bigint)[]; perValue: number } {
  switch (elementTypeName(tensor.type)) {
    case 'float32':
      return { list: tensor.floats, perValue: 1 };
    case 'complex64':
      return { list: tensor.floats, perValue: 2 };
    case 'float64':
      return { list: tensor.doubles, perValue: 1 };
    case 'complex128':
      return { list: tensor.doubles, perValue: 2 };
    case 'int64':
      return { list: tensor.longs, perValue: 1 };
    case 'uint32':
    case 'uint64':
      return { list: tensor.unsigned, perValue: 1 };
    default: {
      // Types of less than a byte are packed: one number of the list holds one byte.
      const bits = bitsPerElement(tensor.type) ?? 8;
      return { list: tensor.ints, perValue: bits < 8 ? bits / 8 : 1 };
    }
  }
}
