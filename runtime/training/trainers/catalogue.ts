import type { TrainerName } from '../../messages/index.ts';
import type { Trainer } from '../fit/trainer.ts';
import { convolutionalNetwork } from './convolutional-network/convolutional-network.ts';
import { denseNetwork } from './dense-network/dense-network.ts';
import { decisionTree } from './decision-tree/decision-tree.ts';
import { gaussianMixture } from './gaussian-mixture/gaussian-mixture.ts';
import { gradientBoosting } from './gradient-boosting/gradient-boosting.ts';
import { isolationForest } from './isolation-forest/isolation-forest.ts';
import { kMeans } from './k-means/k-means.ts';
import { logisticRegression } from './logistic-regression/logistic-regression.ts';
import { mahalanobis } from './mahalanobis/mahalanobis.ts';
import { nearestNeighbours } from './nearest-neighbours/nearest-neighbours.ts';
import { randomForest } from './random-forest/random-forest.ts';
import { ridge } from './ridge/ridge.ts';

/** Every trainer, by its name. */
export const TRAINERS: Readonly<Partial<Record<TrainerName, Trainer>>> = {
  'logistic-regression': logisticRegression,
  ridge,
  'decision-tree': decisionTree,
  'random-forest': randomForest,
  'gradient-boosting': gradientBoosting,
  'nearest-neighbours': nearestNeighbours,
  'dense-network': denseNetwork,
  'convolutional-network': convolutionalNetwork,
  mahalanobis,
  'isolation-forest': isolationForest,
  'k-means': kMeans,
  'gaussian-mixture': gaussianMixture,
};
