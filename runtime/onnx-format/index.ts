export { readOnnx } from './read-onnx.ts';
export { writeOnnx } from './write-onnx.ts';
export * as build from './build.ts';
export { elementTypeName, elementTypeNumber, isSupportedElementType } from './element-types.ts';
export type { ElementTypeName } from './element-types.ts';
export type {
  Dimension,
  MetadataEntry,
  OnnxAttribute,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxType,
  OpsetImport,
  TensorType,
  ValueInfo,
} from './model.ts';
