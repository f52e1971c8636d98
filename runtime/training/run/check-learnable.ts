import { errors } from '../errors.ts';
import type { Prepared } from '../prepare/prepared.ts';
import type { Split } from '../../datasets/index.ts';

/** @throws EXAMPLES_TOO_FEW, LABEL_ONLY_TESTED if what is left to learn from is not enough */
export function checkLearnable(prepared: Prepared, { train, test }: Split): void {
  const { task, strata, rows } = prepared;
  const learnt = train.filter((row) => prepared.anomalous[row] !== 1);
  if (learnt.length < 2 || test.length < 1)
    throw errors.EXAMPLES_TOO_FEW({ usable: learnt.length, of: rows, needed: 4 });
  if (task !== 'classification') return;
  const classes = prepared.features?.target.task === 'classification' ? prepared.features.target.classes : [];
  const present = new Set(Array.from(learnt, (row) => strata[row]));
  const missing = classes.filter((_, code) => !present.has(code));
  if (missing.length > 0) throw errors.LABEL_ONLY_TESTED({ labels: missing });
}
