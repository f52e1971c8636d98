import type { ModelPackage } from '../models/package/index.ts';
import { chooseWay, type Way } from './choose-way.ts';
import { createReader } from './inputs/create-reader.ts';
import type { RunningModel } from './running-model.ts';

/** A model that is loaded and has given the answers that its package promises. */
export interface OpenModel {
  readonly pkg: ModelPackage;
  readonly running: RunningModel;
}

/**
 * @throws MODEL_INPUT_UNSUPPORTED, MODEL_NOT_LOADED, MODEL_ENDS_PROCESS, TIER_UNAVAILABLE, VECTORS_DISAGREE, INFERENCE_STOPPED,
 *   or what onnx-format says of a model that it refuses
 */
export async function openModel(pkg: ModelPackage, way: Way): Promise<OpenModel> {
  // Before the file is touched: a package that nothing could be asked of needs no session.
  createReader(pkg.manifest);
  return { pkg, running: await chooseWay(pkg, way) };
}
