/** What a newcomer reads first of a model: one sentence, made of its evaluation. */
import { grouped } from '../base/index.ts';
import type { Estimate, Evaluation } from './evaluation.ts';
import type { TrainingReport } from './learning.ts';

/** A share in percent with one decimal; only certainty is 100 %. */
function points(share: number): string {
  const rounded = (share * 100).toFixed(1);
  if (rounded === '100.0') return share === 1 ? '100' : '99.9';
  return rounded === '0.0' && share > 0 ? '0.1' : rounded.replace(/\.0$/, '');
}

/** Half the width of the confidence interval, in points. */
const around = ({ low, high }: Estimate) => (((high - low) / 2) * 100).toFixed(1).replace(/\.0$/, '');

const digits = (value: number) => Number(value.toPrecision(3)).toString();

/** What a figure was measured on: whole runs that were held out, examples that were, or a stream. */
export type MeasuredOn = 'runs' | 'examples' | 'stream';

function on({ groups, rows }: Pick<Evaluation, 'groups' | 'rows'>, measured: MeasuredOn): string {
  if (measured === 'stream') return `of ${grouped(rows)} predictions whose truth is known`;
  if (measured === 'runs' && groups.length > 1) return `on ${groups.length} runs it had not seen`;
  return `on ${grouped(rows)} ${rows === 1 ? 'example' : 'examples'} it had not seen`;
}

/**
 * The short form, for a status.
 *
 * @example
 * shortQuality({ task: 'anomaly', rows: 3, groups: [], mistakes: [], anomaly: { threshold: 1, falseAlarms: { value: 0.02, low: 0, high: 0.05 }, histogram: [] } }); // '2 % false alarms'
 */
export function shortQuality({ classification, regression, anomaly }: Evaluation): string {
  if (classification) return `${points(classification.accuracy.value)} % right`;
  if (regression) return `R² ${regression.r2.value.toFixed(3)}`;
  if (anomaly?.found) return `finds ${points(anomaly.found.value)} %`;
  return anomaly ? `${points(anomaly.falseAlarms.value)} % false alarms` : 'no rows';
}

/**
 * The sentence: `97.9 % right on 4 runs it had not seen (±1.2)`.
 *
 * @param measured on what; of a training by what it held out: see `reportWords`
 */
export function qualityWords(evaluation: Evaluation, measured: MeasuredOn = 'examples'): string {
  const { classification, regression, anomaly } = evaluation;
  const where = on(evaluation, measured);
  if (classification) {
    const { accuracy } = classification;
    return `${points(accuracy.value)} % right ${where} (±${around(accuracy)})`;
  }
  if (regression) {
    const { mae, r2 } = regression;
    return `off by ${digits(mae.value)} on average ${where} (R² ${r2.value.toFixed(2)})`;
  }
  if (!anomaly) return `nothing was measured ${where}`;
  const alarms = `${points(anomaly.falseAlarms.value)} % false alarms ${where}`;
  return anomaly.found ? `finds ${points(anomaly.found.value)} % of what is not normal, with ${alarms}` : alarms;
}

/** The sentence of a training. */
export const reportWords = ({ evaluation, testedBy }: Pick<TrainingReport, 'evaluation' | 'testedBy'>): string =>
  qualityWords(evaluation, testedBy === 'group' ? 'runs' : 'examples');

/**
 * The main figure of the task, with the ends `low` and `high` of its 95 % interval: what leaves `train` and `evaluate`.
 *
 * @example
 * qualityFigures({ task: 'regression', rows: 0, groups: [], mistakes: [] }); // {}
 */
export function qualityFigures({ classification, regression, anomaly }: Evaluation): Record<string, number> {
  if (classification) return spread('accuracy', classification.accuracy);
  if (regression) return { ...spread('r2', regression.r2), mae: regression.mae.value };
  if (!anomaly) return {};
  return { ...spread('falseAlarms', anomaly.falseAlarms), ...(anomaly.found && { found: anomaly.found.value }) };
}

const spread = (name: string, { value, low, high }: Estimate) => ({ [name]: value, low, high });
