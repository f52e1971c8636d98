import { defineLimit } from '../../base/index.ts';

export const waitingLimit = defineLimit(
  'training_waiting_trainings',
  20,
  'Trainings that were refused because so many waited already',
);

export const reportLimit = defineLimit(
  'training_kept_reports',
  200,
  'Reports of trainings that were removed because newer ones came: what a model has learnt from is then not known any more',
);
