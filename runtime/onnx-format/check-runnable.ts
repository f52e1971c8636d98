import { checkOperators } from './check-operators.ts';
import { errors } from './errors.ts';
import { externalFile, isExternal } from './external-files.ts';
import type { OnnxModel } from './model.ts';
import { allTensors } from './walk.ts';

/**
 * Whether ONNX Runtime may be given the model as it is: it knows everything in it, and nothing lies in another file.
 * A library that is given bytes alone would look for those files in the folder that the process was started in.
 *
 * @throws ONNX_EXTERNAL_MISSING, and what `checkOperators` throws
 */
export function checkRunnable(model: OnnxModel): void {
  checkOperators(model);
  for (const tensor of allTensors(model)) {
    if (isExternal(tensor)) throw errors.ONNX_EXTERNAL_MISSING({ tensor: tensor.name, file: externalFile(tensor) });
  }
}
