/**
 * What onnxruntime-node 1.30 knows, found by loading models: test/runtime/onnx-format/operators.test.ts does it again, so
 * that a newer library shows here.
 */

/** Version of the file format (ModelProto.ir_version). */
export const NEWEST_IR = 13;

/** By domain; a domain that is not here has only custom operators. */
export const NEWEST_OPSETS: Readonly<Record<string, number>> = {
  __proto__: null as never,
  '': 26,
  'ai.onnx': 26,
  'ai.onnx.ml': 5,
  'com.microsoft': 1,
};
