import { defineErrors } from '../base/index.ts';

export const errors = defineErrors('onnx-format', {
  ONNX_DAMAGED: {
    title: 'no ONNX model',
    meaning: 'The bytes are no ONNX model, or one that was cut off or damaged.',
    message: (v: { at: number; where: string; problem: string }) =>
      `no readable ONNX model: ${v.problem} in ${v.where} at byte ${v.at}`,
    hint: 'Export the model again and copy the whole file.',
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
  ONNX_OTHER_FILE: {
    title: 'no ONNX model',
    meaning: 'The file is of another kind: a pickle, an archive, a picture, a pointer of Git LFS.',
    message: (v: { words: string; advice: string }) => `this is no ONNX model, but ${v.words}`,
    hint: (v: { advice: string }) => v.advice,
  },
  ONNX_TOO_LARGE: {
    title: 'model too large',
    meaning: 'The model is larger than Millrace is allowed to read.',
    message: (v: { what: string; count: number; limit: number; setting: string }) =>
      `the ONNX model has ${v.count} ${v.what}, more than the limit of ${v.limit}`,
    hint: (v: { setting: string }) =>
      `If the file is what you meant and this machine has the memory, raise the limit with ${v.setting}.`,
  },
  ONNX_TYPE_UNDECLARED: {
    title: 'type not known',
    meaning:
      'An output has no type in the file, and the model computes with a type that ends the process in ONNX Runtime.',
    message: (v: { name: string; type: string }) =>
      `the output "${v.name}" declares no type, and the model computes with ${v.type}`,
    hint: 'Export the model again with types: onnx.shape_inference.infer_shapes(model) adds them.',
  },
  ONNX_EXTERNAL_UNSAFE: {
    title: 'unsafe file name',
    meaning: 'The model wants to read its weights from a file outside its own folder.',
    message: (v: { tensor: string; file: string }) =>
      `the weights "${v.tensor}" should lie in the file "${v.file}", which is no plain file beside the model`,
    hint: 'Do not trust this file. If it is yours, export it as one file: onnx.save(model, "model.onnx").',
  },
  ONNX_EXTERNAL_SHORT: {
    title: 'weights do not fit',
    meaning: 'The file with the weights is shorter than the model says, or belongs to another model.',
    message: (v: { tensor: string; file: string; from: number; bytes: number; size: number }) =>
      `the weights "${v.tensor}" should be ${v.bytes} bytes from byte ${v.from} of "${v.file}", which has ${v.size}`,
    hint: 'Take the weights file that was written together with this .onnx file, and copy it whole.',
  },
  ONNX_OPERATOR_UNKNOWN: {
    title: 'operator not known',
    meaning: 'The model needs an operator that ONNX Runtime does not bring along.',
    message: (v: { op: string; domain: string; node: string }) =>
      `the model needs the operator "${v.op}" of "${v.domain}", which ONNX Runtime does not have (node "${v.node}")`,
    hint: 'Export the model without custom operators: leave tokenizers and plug-ins outside the model, and choose standard layers.',
  },
  ONNX_OPSET_MISSING: {
    title: 'model not complete',
    meaning: 'The model uses operators of a set whose version it does not name.',
    message: (v: { domain: string; op: string }) =>
      `the model uses "${v.op}" of "${v.domain}", but names no version of that operator set`,
    hint: 'Export the model again.',
  },
  ONNX_OPSET_TOO_NEW: {
    title: 'opset too new',
    meaning: 'The model was written for a newer version of ONNX than ONNX Runtime knows.',
    message: (v: { domain: string; version: bigint; newest: number }) =>
      `the model uses ${v.domain} ${v.version}; this version of Millrace knows up to ${v.newest}`,
    hint: (v: { domain: string; newest: number }) =>
      `Export the model with ${v.domain} ${v.newest} or older (opset_version=${Math.min(v.newest, 21)} or target_opset in the exporter), or update Millrace.`,
  },
  ONNX_IR_TOO_NEW: {
    title: 'format too new',
    meaning: 'The file is written in a newer version of the ONNX format than ONNX Runtime reads.',
    message: (v: { version: number; newest: number }) =>
      `the file is written in ONNX format (IR) version ${v.version}; this version of Millrace reads up to ${v.newest}`,
    hint: (v: { newest: number }) =>
      `Save the model with an older version: model.ir_version = ${v.newest}; onnx.save(model, "model.onnx"), or update Millrace.`,
  },
});
