import type { LiveEvaluation, LiveOptions } from '../../training/index.ts';
import type {
  EvaluateRequest,
  EvaluationReport,
  TrainingReport,
  TrainingState,
  TrainRequest,
} from '../../messages/index.ts';

/** Training and evaluation on this machine's data sets and models. One training runs at a time; others wait. */
export interface Learning {
  /**
   * Begins a training, in a process of its own. Its model is stored when everything about it is right, or not at all.
   *
   * @param node that asked for it
   * @throws TRAINING_UNDER_WAY if this node trains already; DATA_SET_NOT_FOUND, MODEL_NAME_INVALID, ALIAS_INVALID and the like at once; what goes wrong later ends the training as `failed`
   */
  train(request: TrainRequest, node?: string): Promise<Training>;
  /** Those that run or wait, and the newest 20 that have ended; newest first. */
  trainings(): readonly TrainingState[];
  /** @throws TRAINING_NOT_FOUND */
  cancel(id: string): void;
  /** Told at most five times a second a training, and of its end. @returns a function that ends the listening */
  onChange(listener: (state: TrainingState) => void): () => void;
  /** What is kept of the training that made a version, on this machine. @param model reference */
  report(model: string): Promise<TrainingReport | undefined>;
  /** Measures one model, or two on the same rows. @throws what models, data sets and inference throw; EVALUATION_… */
  evaluate(request: EvaluateRequest): Promise<EvaluationReport>;
  /** Joins predictions with truths that come with them, or later under the same id. */
  stream(options?: LiveOptions): LiveEvaluation;
  /** What there is to choose from, for dialogs. */
  trainers(): readonly TrainerCard[];
  /** Cancels what runs or waits, and resolves when its processes have ended. */
  close(): Promise<void>;
}

export interface Training {
  readonly id: string;
  readonly state: TrainingState;
  /** Resolves when it has ended, however it ended. */
  readonly ended: Promise<TrainingState>;
  cancel(): void;
}

export interface TrainerCard {
  readonly name: string;
  readonly title: string;
  readonly suits: string;
  readonly tasks: readonly string[];
  readonly takes: 'features' | 'window';
  /** JSON Schema of the settings: types, ranges, defaults, descriptions. */
  readonly settings: unknown;
}
