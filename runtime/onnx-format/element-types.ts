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

/** Bits of one value as it is stored; types of less than a byte are packed. A string and an unknown type have none. */
export function bitsPerElement(number: number): number | undefined {
  const name = NAMES[number];
  return name === undefined ? undefined : BITS[name];
}

const BITS: Partial<Record<ElementTypeName, number>> = {
  float32: 32,
  uint8: 8,
  int8: 8,
  uint16: 16,
  int16: 16,
  int32: 32,
  int64: 64,
  bool: 8,
  float16: 16,
  float64: 64,
  uint32: 32,
  uint64: 64,
  complex64: 64,
  complex128: 128,
  bfloat16: 16,
  float8e4m3fn: 8,
  float8e4m3fnuz: 8,
  float8e5m2: 8,
  float8e5m2fnuz: 8,
  uint4: 4,
  int4: 4,
  float4e2m1: 4,
  float8e8m0: 8,
  uint2: 2,
  int2: 2,
};
