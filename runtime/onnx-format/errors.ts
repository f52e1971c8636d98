import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('onnx-format', {
  ONNX_DAMAGED: {
    title: 'no ONNX model',
    meaning: 'The bytes are no ONNX model, or one that was cut off or damaged.',
    message: (v: { at: number; where: string; problem: string }) =>
      `no readable ONNX model: ${v.problem} in ${v.where} at byte ${v.at}`,
    hint: 'Export the model again and copy the whole file. A file kept in Git LFS must be fetched with "git lfs pull".',
  },
  ONNX_INCOMPLETE: {
    title: 'no ONNX model',
    meaning: 'The bytes could be read, but what they describe is no model.',
    message: (v: { problem: string }) => `the ONNX model is not complete: ${v.problem}`,
    hint: 'Export the model again.',
  },
  ONNX_TYPE_UNSUPPORTED: {
    title: 'type not supported',
    meaning: 'The model takes or gives values of an element type that ends the process in ONNX Runtime.',
    message: (v: { role: string; name: string; type: string }) => `the ${v.role} "${v.name}" has the type ${v.type}`,
    hint: 'Export the model with float32 inputs and outputs; inside, it may stay quantised.',
  },
  ONNX_TENSOR_LENGTH: {
    title: 'weights do not fit',
    meaning: 'A constant of the model holds more or fewer values than its shape says.',
    message: (v: { name: string; dims: readonly number[]; type: string; says: string; holds: string }) =>
      `the constant "${v.name}" (${v.type} [${v.dims.join(', ')}]) should hold ${v.says}, but holds ${v.holds}`,
    hint: 'The file is damaged, or the program that wrote it has a fault: export the model again.',
  },
  ONNX_EXTERNAL_MISSING: {
    title: 'weights missing',
    meaning: 'The model keeps weights in another file, which was not given along with it.',
    message: (v: { tensor: string; file: string }) =>
      `the weights "${v.tensor}" lie in the file "${v.file}", which is missing`,
    hint: (v: { file: string }) => `Give "${v.file}" along with the model, or export the model as one file.`,
  },
});
