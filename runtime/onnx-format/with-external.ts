import { bitsPerElement } from './element-types.ts';
import { errors } from './errors.ts';
import { externalFile, isExternal } from './external-files.ts';
import type { OnnxModel, OnnxTensor } from './model.ts';
import { checkTensorLength, elementCount } from './tensor-size.ts';
import { mapTensors } from './walk.ts';

/**
 * Puts the weights that a model keeps in other files into the model, as views of those files' bytes.
 *
 * @param files by the names that `externalFiles` gives
 * @throws ONNX_EXTERNAL_MISSING, ONNX_EXTERNAL_SHORT, ONNX_EXTERNAL_UNSAFE, ONNX_TENSOR_LENGTH
 */
export function withExternal(model: OnnxModel, files: ReadonlyMap<string, Uint8Array>): OnnxModel {
  return mapTensors(model, (tensor) => (isExternal(tensor) ? inside(tensor, files) : tensor));
}

function inside(tensor: OnnxTensor, files: ReadonlyMap<string, Uint8Array>): OnnxTensor {
  const file = externalFile(tensor);
  const bytes = files.get(file);
  if (!bytes) throw errors.ONNX_EXTERNAL_MISSING({ tensor: tensor.name, file });
  const from = entry(tensor, 'offset') ?? 0;
  const expected = Math.ceil((elementCount(tensor) * (bitsPerElement(tensor.type) ?? 0)) / 8);
  const length = entry(tensor, 'length') ?? expected;
  // Also false for what is no number.
  if (!(from >= 0 && length >= 0 && from + length <= bytes.length)) {
    throw errors.ONNX_EXTERNAL_SHORT({ tensor: tensor.name, file, from, bytes: length, size: bytes.length });
  }
  const raw = new Uint8Array(bytes.buffer, bytes.byteOffset + from, length);
  const whole = { ...tensor, raw, external: [], dataLocation: 0 };
  checkTensorLength(whole);
  return whole;
}

function entry({ external }: OnnxTensor, wanted: string): number | undefined {
  const text = external.find(({ key }) => key === wanted)?.value;
  if (text === undefined) return undefined;
  return /^\d{1,15}$/.test(text) ? Number(text) : NaN;
}
