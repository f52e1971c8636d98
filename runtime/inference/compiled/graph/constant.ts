import { elementTypeName, type OnnxTensor } from '../../../onnx-format/index.ts';
import { NotCompilable } from '../compiled-model.ts';
import { type Constant, sizeOf } from './value.ts';

const utf8 = new TextDecoder();

/**
 * A tensor's values as plain numbers.
 *
 * @throws NotCompilable for external values, 64-bit integers beyond 2^53 and types that the plan does not compute with
 */
export function toConstant(tensor: OnnxTensor): Constant {
  const { dims, name } = tensor;
  const type = elementTypeName(tensor.type);
  if (tensor.dataLocation !== 0) throw new NotCompilable(`"${name}" lies outside the file`);
  const constant = { kind: 'constant', type, dims } as const;
  const size = sizeOf(dims);
  if (type === 'string') {
    return check({ ...constant, values: [], texts: tensor.strings.map((each) => utf8.decode(each)) }, size, name);
  }
  const values = tensor.raw.length > 0 ? fromRaw(type, tensor) : fromLists(type, tensor);
  return check({ ...constant, values }, size, name);
}

function check(constant: Constant, size: number, name: string): Constant {
  const length = constant.texts?.length ?? constant.values.length;
  if (length !== size) throw new NotCompilable(`the tensor "${name}" has ${length} values for ${size} places`);
  return constant;
}

function fromRaw(type: string, { raw, name }: OnnxTensor): Constant['values'] {
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const read = <Values extends Constant['values']>(values: Values, bytes: number, at: (offset: number) => number) => {
    for (let index = 0; index < values.length; index++) (values as number[])[index] = at(index * bytes);
    return values;
  };
  switch (type) {
    case 'float32':
      return read(new Float32Array(raw.length / 4), 4, (at) => view.getFloat32(at, true));
    case 'float64':
      return read(new Float64Array(raw.length / 8), 8, (at) => view.getFloat64(at, true));
    case 'int32':
      return read(new Float64Array(raw.length / 4), 4, (at) => view.getInt32(at, true));
    case 'int64':
      return read(new Float64Array(raw.length / 8), 8, (at) => whole(view.getBigInt64(at, true), name));
    case 'bool':
      return Float64Array.from(raw);
    default:
      throw new NotCompilable(`"${name}" is of the type ${type}`);
  }
}

function fromLists(type: string, { floats, doubles, ints, longs, name }: OnnxTensor): Constant['values'] {
  switch (type) {
    case 'float32':
      return Float32Array.from(floats);
    case 'float64':
      return Float64Array.from(doubles);
    case 'int32':
    case 'bool':
      return Float64Array.from(ints);
    case 'int64':
      return Float64Array.from(longs, (each) => whole(each, name));
    default:
      throw new NotCompilable(`"${name}" is of the type ${type}`);
  }
}

function whole(value: bigint, name: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new NotCompilable(`"${name}" holds ${value}, beyond exact numbers`);
  return number;
}
