import { checkTypes } from './check-types.ts';
import { decode } from './decode.ts';
import { errors } from './errors.ts';
import type { OnnxModel } from './model.ts';

/**
 * Reads an ONNX model and refuses what ends the process in ONNX Runtime. The model's bytes are not copied: tensors are
 * views of `bytes`.
 *
 * @throws ONNX_DAMAGED if the bytes are no protobuf message of this kind, or cut off
 * @throws ONNX_INCOMPLETE if they describe no model
 * @throws ONNX_TYPE_UNSUPPORTED if it takes or gives, for instance, int4 values
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  const model = decode('model', bytes) as unknown as OnnxModel;
  if ((model.graph as OnnxModel['graph'] | undefined) === undefined) {
    throw errors.ONNX_INCOMPLETE({ problem: 'it has no graph' });
  }
  if (model.opsets.length === 0) throw errors.ONNX_INCOMPLETE({ problem: 'it names no operator set' });
  if (model.graph.outputs.length === 0) throw errors.ONNX_INCOMPLETE({ problem: 'its graph has no output' });
  checkTypes(model.graph);
  return model;
}
