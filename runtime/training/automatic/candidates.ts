import type { LearningTask, TrainerName } from '../../messages/index.ts';
import type { Trainer } from '../fit/trainer.ts';
import type { Prepared } from '../prepare/prepared.ts';
import { TRAINERS } from '../trainers/catalogue.ts';

/** By task, the simplest first: of two that are as good as each other the earlier one is taken. */
const ORDER: Readonly<Record<LearningTask, readonly TrainerName[]>> = {
  classification: [
    ...(['logistic-regression', 'decision-tree', 'nearest-neighbours', 'random-forest', 'gradient-boosting'] as const),
    ...(['dense-network', 'convolutional-network'] as const),
  ],
  regression: [
    ...([
      'ridge',
      'decision-tree',
      'nearest-neighbours',
      'random-forest',
      'gradient-boosting',
      'dense-network',
    ] as const),
    'convolutional-network',
  ],
  anomaly: ['mahalanobis', 'isolation-forest', 'k-means', 'gaussian-mixture'],
};

/** Networks learn little from fewer rows. */
const ROWS_OF_A_NETWORK = 300;
/** A distance means little among more columns. */
const COLUMNS_OF_NEIGHBOURS = 200;
const ROWS_OF_NEIGHBOURS = 20_000;

/** What is worth trying on these examples, the simplest first. */
export function candidates(prepared: Prepared, rows: number): readonly Trainer[] {
  return ORDER[prepared.task]
    .map((name) => TRAINERS[name])
    .filter((trainer): trainer is Trainer => trainer !== undefined && suits(trainer, prepared, rows));
}

function suits({ name, takes }: Trainer, { windows, features }: Prepared, rows: number): boolean {
  if (takes === 'window') return windows !== undefined && rows >= ROWS_OF_A_NETWORK;
  if (!features) return false;
  if (name === 'dense-network') return rows >= ROWS_OF_A_NETWORK;
  if (name === 'nearest-neighbours') return features.width <= COLUMNS_OF_NEIGHBOURS && rows <= ROWS_OF_NEIGHBOURS;
  return true;
}
