import type { Manifest } from '../../models/package/index.ts';
import { toPredictions } from '../outputs/to-predictions.ts';
import type { RunningModel } from '../running-model.ts';
import type { Tensors } from '../tiers/tier.ts';

/** What of a prediction is explained. */
export interface Target {
  /** Which score of the model. */
  readonly column: number;
  /** In words: a label, or the value. */
  readonly of: string;
  /** The same of other answers, one a row. */
  score(answers: Tensors, rows: number): number[];
}

/** A classification's likeliest label, else the value or score. */
export async function targetOf(manifest: Manifest, running: RunningModel, feeds: Tensors): Promise<Target> {
  const [payload] = toPredictions(manifest, await running.run(feeds, 1).answer, 1);
  if (payload && 'label' in payload) {
    const { label } = payload;
    return {
      column: Math.max(0, manifest.labels?.indexOf(label) ?? 0),
      of: label,
      score: (answers, rows) =>
        toPredictions(manifest, answers, rows).map((each) => ('label' in each ? (each.scores[label] ?? 0) : 0)),
    };
  }
  const anomaly = payload !== undefined && 'score' in payload;
  return {
    column: 0,
    of: anomaly ? 'score' : 'value',
    score: (answers, rows) =>
      toPredictions(manifest, answers, rows).map((each) =>
        'score' in each ? each.score : 'value' in each ? each.value : firstNumber(each),
      ),
  };
}

function firstNumber(payload: object): number {
  const outputs = 'outputs' in payload ? Object.values(payload.outputs as Record<string, unknown>) : [];
  const first = outputs.flat(3).find((value) => typeof value === 'number');
  return typeof first === 'number' ? first : 0;
}
