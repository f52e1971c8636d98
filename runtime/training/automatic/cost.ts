import type { TrainerName } from '../../messages/index.ts';

interface Size {
  readonly rows: number;
  readonly width: number;
  /** Outputs: classes, or 1. */
  readonly outputs: number;
}

/** Multiplications, or what takes as long, to train once with the standard settings. Rough: it decides what is tried at all. */
const COSTS: Readonly<Record<TrainerName, (size: Size) => number>> = {
  'logistic-regression': ({ rows, width, outputs }) => 300 * rows * width * outputs,
  ridge: ({ rows, width }) => rows * width * Math.min(rows, width),
  'decision-tree': ({ rows, width }) => 4 * rows * width * Math.log2(rows + 2),
  'random-forest': ({ rows, width }) => 100 * 4 * rows * Math.sqrt(width) * Math.log2(rows + 2),
  'gradient-boosting': ({ rows, width, outputs }) => 100 * 6 * rows * width * (outputs > 2 ? outputs : 1),
  // Every row is compared with every one, when it is asked.
  'nearest-neighbours': ({ rows, width }) => 0.3 * rows * rows * width,
  'dense-network': ({ rows, width, outputs }) => 60 * 2 * rows * 32 * (width + outputs),
  'convolutional-network': ({ rows, width }) => 30 * 6 * rows * width * 16 * 5,
  mahalanobis: ({ rows, width }) => rows * width * width,
  'isolation-forest': ({ rows, width }) => 100 * (10 * rows + 256 * width),
  'k-means': ({ rows, width }) => 10 * 50 * 8 * rows * width,
  'gaussian-mixture': ({ rows, width }) => 5 * 50 * 3 * rows * width * width,
};

/** Of these, a second does about so many. */
export const WORK_EACH_SECOND = 2e8;

export const costOf = (trainer: TrainerName, size: Size): number => COSTS[trainer](size);
