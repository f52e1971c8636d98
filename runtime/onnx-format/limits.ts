import { defineLimit } from '../base/index.ts';

/** protobuf's own limit is 2 GiB; a gateway has no more memory than that for everything. */
export const fileBytes = defineLimit(
  'onnx_file_bytes',
  2 ** 30,
  'ONNX files that were refused because they are too large',
);

export const nodes = defineLimit(
  'onnx_nodes',
  200_000,
  'ONNX models that were refused because they have too many nodes',
);

/** Each becomes an object: a part of two bytes in a file takes hundreds in memory. */
export const parts = defineLimit(
  'onnx_parts',
  2_000_000,
  'ONNX models that were refused because they consist of too many nodes, attributes, tensors and texts',
);

/** Outside raw bytes; one byte in a file takes up to 32 in memory. */
export const listed = defineLimit(
  'onnx_listed_numbers',
  20_000_000,
  'ONNX models that were refused because they list too many numbers one by one',
);

/** Subgraphs and types nest; a hostile file nests without end. protobuf itself stops at 100. */
export const nesting = defineLimit('onnx_nesting', 64, 'ONNX models that were refused because they nest too deeply');
