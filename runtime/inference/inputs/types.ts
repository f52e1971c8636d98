import type { FeaturesPayload } from '../../messages/index.ts';
import type { Tensors } from '../tiers/tier.ts';

/** A message's value as the model takes it. */
export interface ReadInput {
  /** What the model is asked with. Rows are the first dimension. */
  readonly feeds: Tensors;
  readonly rows: number;
  /** An array of inputs came: an array of predictions goes. */
  readonly batch: boolean;
  /** What was asked, by name, in the model's order: the numbers among it. Of a batch one a row; nothing where no features have names. */
  readonly features: FeaturesPayload | readonly FeaturesPayload[] | undefined;
  /** Several rows came and the model takes one at a time: one run each, instead of one with `feeds`. */
  readonly singles?: readonly Tensors[];
}

export interface InputReader {
  /** Of the features that have names, in the model's order. */
  readonly featureNames: readonly string[];
  /** Whether several rows fit into one run: the first dimension of every input is free. */
  readonly takesRows: boolean;
  /** @throws a coded error that names the item where one of a batch is wrong */
  read(input: unknown): ReadInput;
}
