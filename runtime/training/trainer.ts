import type { z } from 'zod';
import type { ModelInput, ModelOutput, Task } from '../models/package/index.ts';
import type { Examples } from './examples.ts';

/** One way to learn: a file in trainers/. */
export interface Trainer<Schema extends z.ZodType = z.ZodType> {
  /** Stands in the package's lineage: `softmax-regression`. */
  readonly name: string;
  readonly task: Task;
  /** Each with a default. */
  readonly settings: Schema;
  /**
   * Learns. It draws random numbers only from a seed in the settings: the same examples give the same model.
   *
   * @param labels in the order of the scores; of a classification
   */
  train(examples: Examples, labels: readonly string[], settings: z.output<Schema>): Trained;
}

/** What a trainer has learnt. */
export interface Trained {
  /** One score a label and row, from the training's own arithmetic. */
  scores(rows: readonly Float64Array[]): Float64Array[];
  /** The same as ONNX, in float32. */
  readonly onnx: Uint8Array;
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly ModelOutput[];
}
