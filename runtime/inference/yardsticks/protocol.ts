import type { Tensors, TierName } from '../tiers/tier.ts';

/** What the child is asked to load, run and measure, one way. */
export interface MeasureRequest {
  readonly tier: TierName;
  readonly models: readonly { readonly name: string; readonly onnx: Uint8Array; readonly feeds: Tensors }[];
}

export type MeasureAnswer =
  | {
      readonly works: true;
      /** Bytes that the process took more once the library was loaded. */
      readonly bytes: number;
      readonly models: readonly ModelMeasure[];
    }
  | { readonly works: false; readonly reason: string };

export type ModelMeasure =
  | {
      readonly name: string;
      /** µs for one run. */
      readonly micro: number;
      readonly bytes: number;
    }
  | { readonly name: string; readonly reason: string };
