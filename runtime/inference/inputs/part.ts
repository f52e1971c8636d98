import type { FeaturesPayload } from '../../messages/index.ts';
import type { PlainTensor, TensorValues } from '../tiers/tier.ts';

/** What one input of the model makes of a value. */
export interface Part {
  readonly tensor: PlainTensor;
  readonly rows: number;
  readonly batch: boolean;
  readonly features?: FeaturesPayload | readonly FeaturesPayload[] | undefined;
}

export interface PartReader {
  read(value: unknown): Part;
}

/** One row of a tensor. */
export interface Item {
  readonly data: TensorValues;
  /** Without the dimension that counts rows. */
  readonly dims: readonly number[];
}

/** Makes one row of what an input takes beside tensors: a window, a picture. Nothing where the value is none of that. */
export type ToItem = (value: unknown) => Item | undefined;
