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
});
