import { checkTypes } from './check-types.ts';
import { decode } from './decode.ts';
import { tooLarge } from './decode-budget.ts';
import { errors } from './errors.ts';
import { externalFiles } from './external-files.ts';
import { fileBytes } from './limits.ts';
import type { OnnxModel } from './model.ts';
import { recognise } from './recognise.ts';
import { checkTensorLength } from './tensor-size.ts';
import { allTensors } from './walk.ts';

/**
 * Reads an ONNX model and refuses what ends the process in ONNX Runtime. The model's bytes are not copied: tensors are
 * views of `bytes`. Whether it can run here is another question: `checkRunnable`.
 *
 * @throws ONNX_OTHER_FILE if the bytes are a file of another kind
 * @throws ONNX_DAMAGED if they are no protobuf message of this kind, or cut off
 * @throws ONNX_TOO_LARGE if they, or what they describe, pass a limit
 * @throws ONNX_INCOMPLETE if they describe no model
 * @throws ONNX_TENSOR_LENGTH if a constant holds more or fewer values than its shape says
 * @throws ONNX_TYPE_UNSUPPORTED, ONNX_TYPE_UNDECLARED if it takes or gives, for instance, int4 values, or may do so
 * @throws ONNX_EXTERNAL_UNSAFE if it wants to read files outside its folder
 */
export function readOnnx(bytes: Uint8Array): OnnxModel {
  if (bytes.length > fileBytes.value) throw tooLarge(fileBytes, 'bytes', bytes.length);
  const other = recognise(bytes);
  if (other) throw errors.ONNX_OTHER_FILE(other);
  // A Buffer's slices would be Buffers.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const model = decode('model', plain) as unknown as OnnxModel;
  if ((model.graph as OnnxModel['graph'] | undefined) === undefined) {
    throw errors.ONNX_INCOMPLETE({ problem: 'it has no graph' });
  }
  if (model.opsets.length === 0) throw errors.ONNX_INCOMPLETE({ problem: 'it names no operator set' });
  if (model.graph.outputs.length === 0) throw errors.ONNX_INCOMPLETE({ problem: 'its graph has no output' });
  for (const tensor of allTensors(model)) checkTensorLength(tensor);
  checkTypes(model);
  externalFiles(model);
  return model;
}
