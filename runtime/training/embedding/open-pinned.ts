import type { Inference, ModelPackage, Predictor, PredictorOptions } from '../../inference/index.ts';

/**
 * Opens a model by ONNX Runtime's native library, or by wasm where there is none: whatever is quicker would be another one from
 * time to time, and other last digits.
 */
export const openPinned = (
  inference: Inference,
  pkg: ModelPackage,
  options: PredictorOptions = {},
): Promise<Predictor> =>
  inference.open(pkg, { ...options, tier: 'native' }).catch((thrown: unknown) => {
    if ((thrown as { code?: string }).code !== 'TIER_UNAVAILABLE') throw thrown;
    return inference.open(pkg, { ...options, tier: 'wasm' });
  });
