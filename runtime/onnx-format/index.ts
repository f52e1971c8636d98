export { readOnnx } from './read-onnx.ts';
export { readTensor } from './read-tensor.ts';
export { writeOnnx } from './write-onnx.ts';
export { dropZipMap } from './drop-zip-map.ts';
export type { WithoutZipMap } from './drop-zip-map.ts';
export { tensorValues } from './tensor-values.ts';
export type { TensorArray } from './tensor-values.ts';
export { tensorShape } from './tensor-shape.ts';
export type { TensorShape } from './tensor-shape.ts';
export { checkOperators } from './check-operators.ts';
export { checkRunnable } from './check-runnable.ts';
export { externalFiles } from './external-files.ts';
export { withExternal } from './with-external.ts';
export { summary } from './summary.ts';
export type { ModelSummary, NamedShape } from './summary.ts';
export * as build from './build.ts';
export { elementTypeName, elementTypeNumber, isSupportedElementType } from './element-types.ts';
export type { ElementTypeName } from './element-types.ts';
export type {
  Dimension,
  MetadataEntry,
  OnnxAttribute,
  OnnxFunction,
  OnnxGraph,
  OnnxModel,
  OnnxNode,
  OnnxTensor,
  OnnxType,
  OpsetImport,
  TensorType,
  ValueInfo,
} from './model.ts';
