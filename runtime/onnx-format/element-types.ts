/** Names of TensorProto.DataType by number. */
const NAMES = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
] as const;

export type ElementTypeName = (typeof NAMES)[number];

/**
 * What a model may take and give, `float32` to `uint64`: everything else either has no form in JavaScript or ends the
 * process.
 */
const SUPPORTED: ReadonlySet<string> = new Set(NAMES.slice(NAMES.indexOf('float32'), NAMES.indexOf('uint64') + 1));

/** `float32` for 1; `type 99` for a number that ONNX does not know. */
export const elementTypeName = (number: number): string => NAMES[number] ?? `type ${number}`;

/** The number of an element type. */
export const elementTypeNumber = (name: ElementTypeName): number => NAMES.indexOf(name);

export const isSupportedElementType = (number: number): boolean => SUPPORTED.has(elementTypeName(number));
