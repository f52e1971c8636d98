import { decode } from './decode.ts';
import type { OnnxTensor } from './model.ts';
import { checkTensorLength } from './tensor-size.ts';

/**
 * Reads a tensor that stands alone in a file (`.pb`), as ONNX's own test cases have their inputs and outputs.
 *
 * @throws ONNX_DAMAGED, ONNX_TOO_LARGE, ONNX_TENSOR_LENGTH
 */
export function readTensor(bytes: Uint8Array): OnnxTensor {
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const tensor = decode('tensor', plain) as unknown as OnnxTensor;
  checkTensorLength(tensor);
  return tensor;
}
