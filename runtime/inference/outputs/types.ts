import type { PredictionPayload } from '../../messages/index.ts';
import type { Tensors } from '../tiers/tier.ts';

/** A model's answers to so many rows as one prediction a row. */
export type ToPredictions = (answers: Tensors, rows: number) => PredictionPayload[];
