import { defineLimit } from '../../../base/index.ts';
import { errors } from '../../errors.ts';

const most = defineLimit(
  'training_covariance_features',
  1000,
  'Trainings refused because every feature would have been compared with every other',
);

/** @throws FEATURES_TOO_MANY where a matrix of all pairs of features would be too large */
export function checkPairs(trainer: string, features: number, pairs = features): void {
  if (pairs <= most.value) return;
  most.cost();
  throw errors.FEATURES_TOO_MANY({ trainer, features, limit: most.value });
}
