import type { PlainError } from '../../base/index.ts';
import type { Tensors, TierName } from '../tiers/tier.ts';

/** What the child is asked to load and run once. */
export interface ProbeRequest {
  readonly model: string;
  readonly onnx: Uint8Array;
  readonly feeds: Tensors;
  readonly tier: TierName | undefined;
}

export type ProbeAnswer =
  | { readonly tier: TierName; readonly memory: number }
  /** What ONNX Runtime said of the model, which is no reason to fear for the process. */
  | { readonly error: PlainError };
