import type { PlainError } from '../../base/index.ts';
import type { EvaluationJob, EvaluationOutcome } from '../run/evaluation-job.ts';
import type { TrainingJob, TrainingOutcome } from '../run/job.ts';

export type Job = TrainingJob | EvaluationJob;
export type Outcome<J extends Job> = J extends TrainingJob ? TrainingOutcome : EvaluationOutcome;

/** What the process says. The last one is the outcome or what went wrong. */
export type ProcessMessage =
  | { readonly kind: 'progress'; readonly done: number; readonly step: string }
  | { readonly kind: 'outcome'; readonly outcome: TrainingOutcome | EvaluationOutcome }
  | { readonly kind: 'failed'; readonly error: PlainError };
