/** Every trainer reaches on known data what scikit-learn reaches. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { TrainerName } from '../../../../runtime/messages/index.ts';
import { TRAINERS } from '../../../../runtime/training/trainers/catalogue.ts';
import { fit } from './support/cases.ts';
import { anomalySplit, classificationSplit, regressionSplit } from './support/data-set.ts';
import { accuracy, area, determination } from './support/figures.ts';

const reference = z
  .object({
    classification: z.array(z.object({ data: z.string(), model: z.string(), accuracy: z.number() })),
    regression: z.array(z.object({ data: z.string(), model: z.string(), r2: z.number() })),
    anomaly: z.object({ data: z.string(), auc: z.record(z.string(), z.number()) }),
  })
  .parse(JSON.parse(readFileSync(new URL('../data/scikit-learn.json', import.meta.url), 'utf8')));

/** What the reference calls them. */
const NAMES: Readonly<Record<string, TrainerName>> = {
  'logistic-regression': 'logistic-regression',
  ridge: 'ridge',
  'random-forest-100': 'random-forest',
  'gradient-boosting-100': 'gradient-boosting',
  'mlp-32': 'dense-network',
  'knn-5': 'nearest-neighbours',
  mahalanobis: 'mahalanobis',
  'isolation-forest-100': 'isolation-forest',
};

function named(model: string) {
  const trainer = TRAINERS[NAMES[model] as TrainerName];
  if (!trainer) throw new Error(`no trainer is what the reference calls ${model}`);
  return trainer;
}

describe('with its defaults', { timeout: 120_000 }, () => {
  it.each(reference.classification)('$model tells apart $data as scikit-learn does', ({ data, model, accuracy: p }) => {
    const { train, test } = classificationSplit(data);
    const standardError = Math.sqrt((p * (1 - p)) / test.rows);
    expect(accuracy(fit(named(model), train), test)).toBeGreaterThanOrEqual(p - standardError);
  });

  it.each(reference.regression)('$model explains $data as scikit-learn does', ({ data, model, r2 }) => {
    const { train, test } = regressionSplit(data);
    expect(determination(fit(named(model), train), test)).toBeGreaterThanOrEqual(r2 - 0.02);
  });

  it.each(Object.entries(reference.anomaly.auc))('%s finds what is malignant as scikit-learn does', (model, auc) => {
    const { train, test, anomalous } = anomalySplit(reference.anomaly.data, 'benign');
    const fitted = fit(named(model), train);
    expect(area(fitted.predict(test.values, test.rows), anomalous)).toBeGreaterThanOrEqual(auc - 0.005);
  });
});
