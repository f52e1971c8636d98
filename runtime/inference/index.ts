export { createInference } from './inference.ts';
export type { Inference, InferenceOptions } from './inference.ts';
export type { ModelPackage } from '../models/package/index.ts';
export { plainValues, toPlainTensor } from './tensor.ts';
export type { KnownModels } from './choose-way.ts';
export type { Prediction, Predictor, PredictorOptions, QueuePolicy } from './predictor.ts';
export type { PlainTensor, Tensors, TierName } from './tiers/tier.ts';
