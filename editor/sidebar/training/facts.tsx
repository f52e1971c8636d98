import type { Evaluation, TrainingReport } from '../../../runtime/messages/index.ts';
import { count, duration, number } from '../../look/numbers.ts';
import { percentOne, TRAINING_WORDS } from '../../look/training-words.ts';

const WORDS = TRAINING_WORDS.facts;

/** The figures that experts look for. */
export function Facts({ report }: { readonly report: TrainingReport }) {
  const { evaluation, trainer, seconds, difference, dataSet } = report;
  const settings = Object.entries(trainer.settings).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const rows: readonly (readonly [string, string | undefined])[] = [
    ...figures(evaluation),
    [WORDS.trainer, trainer.title],
    [WORDS.settings, settings.length > 0 ? settings.join(', ') : undefined],
    [WORDS.seconds, duration(seconds * 1000)],
    [WORDS.difference, number(difference)],
    [WORDS.data, `${dataSet.name} ${dataSet.digest.slice(0, 12)}`],
  ];
  return (
    <dl class="millrace-facts">
      {rows.map(
        ([name, value]) =>
          value !== undefined && (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ),
      )}
    </dl>
  );
}

function figures({ rows, classification, regression, anomaly }: Evaluation): (readonly [string, string | undefined])[] {
  return [
    [WORDS.rows, count(rows)],
    [WORDS.balanced, classification && percentOne(classification.balancedAccuracy.value)],
    [WORDS.logLoss, classification?.logLoss.toFixed(3)],
    [WORDS.r2, regression?.r2.value.toFixed(3)],
    [WORDS.mae, regression && number(regression.mae.value)],
    [WORDS.rmse, regression && number(regression.rmse.value)],
    [WORDS.alarms, anomaly && percentOne(anomaly.falseAlarms.value)],
    [WORDS.found, anomaly?.found && percentOne(anomaly.found.value)],
  ];
}
