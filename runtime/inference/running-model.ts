import type { Explained } from './compiled/index.ts';
import type { Tensors, TierName } from './tiers/tier.ts';

/** A model that runs here, whichever way. */
export interface RunningModel {
  readonly tier: TierName;
  /** Why it runs this way, in words. */
  readonly why: string;
  /** µs for one row by tier, where they were measured. */
  readonly microseconds: Readonly<Partial<Record<TierName, number>>>;
  /** Rows that may be run at once in this thread without holding up the others; 0 where it runs elsewhere. */
  readonly rowsAtOnce: number;
  /** Runs in this thread, at once. Only where `rowsAtOnce` is not 0. */
  now(feeds: Tensors): Tensors;
  /** Resolves when its turn has come and it has answered: in the order of asking. */
  run(feeds: Tensors, rows: number): Job;
  explain?(row: Float32Array, column: number): Explained;
  release(): Promise<void>;
}

/** A question that waits for its turn. */
export interface Job {
  readonly answer: Promise<Tensors>;
  /** Takes it back. @returns false if its turn has come already */
  cancel(): boolean;
}
