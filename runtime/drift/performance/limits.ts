import { defineLimit } from '../../base/index.ts';

/** Of one watch, each way. They are part of its state on disk. */
export const waitingAnswers = defineLimit(
  'drift_waiting_answers',
  2000,
  'Answers that wait for their true label, or labels for their answer: the oldest is forgotten',
);
