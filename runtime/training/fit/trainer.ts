import type { z } from 'zod';
import type { LearningTask, TrainerName } from '../../messages/index.ts';
import type { ModelInput, ModelOutput } from '../../models/package/index.ts';
import type { TrainingSet } from './training-set.ts';

/** One way to learn: a folder in trainers/. Every one runs the same conformance suite. */
export interface Trainer<Schema extends z.ZodType = z.ZodType> {
  readonly name: TrainerName;
  /** For people: `Random forest`. */
  readonly title: string;
  /** One sentence: what it is good for, in a beginner's words. */
  readonly suits: string;
  readonly tasks: readonly LearningTask[];
  /** `window`: it learns from the samples themselves. */
  readonly takes: 'features' | 'window';
  /** It stops by the rows that a run holds out as `validation`: without this none are held out. */
  readonly stopsEarly?: true;
  /** Each with a default that works. `description` in the schema's meta is what a dialog says of it. */
  readonly settings: Schema;
  /**
   * Learns, synchronously, in a process of its own. Random numbers are drawn only from the run's seed: the same rows and the
   * same seed give the same bytes.
   *
   * @throws TRAINER_SETTING_INVALID; TRAINING_CANCELLED out of `run.step`
   */
  train(set: TrainingSet, settings: z.output<Schema>, run: TrainerRun): Fitted;
}

export interface TrainerRun {
  readonly seed: number;
  /** Rows held out for early stopping and the like; a trainer may leave them alone. */
  readonly validation?: TrainingSet;
  /**
   * Says how far it is; to be called about every 50 ms of work.
   *
   * @param done 0 to 1
   * @param words `40 of 100 trees`
   * @returns false when the time allowed is over: what has been learnt so far is to be returned, if it is of use
   * @throws TRAINING_CANCELLED
   */
  step(done: number, words: string): boolean;
}

/** What was learnt. */
export interface Fitted {
  /**
   * Answers from the training's own arithmetic.
   *
   * @param values rows × width, as in the training set
   * @returns rows × outputs, row-major: one probability a class; a value; or an anomaly score, the stranger the higher
   */
  predict(values: Float32Array, rows: number): Float64Array;
  /**
   * The same as ONNX in float32: IR version 8, ai.onnx ≤ 17, ai.onnx.ml ≤ 3. It answers for any number of rows at once.
   * Inputs and outputs by their roles: of a classification `label` (int64, index into the classes) and `probabilities`; of a
   * regression `value`; of an anomaly `score`.
   */
  onnx(): Uint8Array;
  readonly inputs: readonly ModelInput[];
  readonly outputs: readonly ModelOutput[];
  /** Of an anomaly: scores above it are anomalous, chosen from the training rows. */
  readonly threshold?: number;
  /** What came of it, in words: `100 trees, 12,406 nodes`. */
  readonly words: string;
}
