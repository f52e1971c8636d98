import { type DataSetRow, type ModelRow, reportWords, type TrainingReport } from '../../../runtime/messages/index.ts';
import { duration } from '../../look/numbers.ts';
import { figure, TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { Button } from '../button.tsx';
import type { DataSets } from '../data/data-sets.ts';
import type { Models } from '../models/models.ts';
import { mayWrite } from '../recordings/recordable.ts';
import { Facts } from './facts.tsx';
import { Headline } from './headline.tsx';
import { Part } from './part.tsx';
import { Quality } from './quality.tsx';

interface ResultProps {
  readonly report: TrainingReport;
  readonly row: DataSetRow | undefined;
  readonly dataSets: DataSets;
  readonly models: Models;
  readonly rows: readonly ModelRow[];
}

/** All that is known of one finished training: first the sentence, then why, then what was confused. */
export function Result({ report, row, dataSets, models, rows }: ResultProps) {
  const { evaluation, model, why, tried, split, folds, findings, task } = report;
  const version = rows.find(({ name }) => name === model.name)?.versions.find((one) => one.version === model.version);
  const inUse = version?.aliases.includes('production') ?? false;
  return (
    <div class="millrace-training-result">
      <Headline words={reportWords(report)} evaluation={evaluation} />
      <p>{why}</p>
      {version && (
        <div class="millrace-actions">
          {inUse ? (
            <span class="millrace-alias millrace-alias-production">{WORDS.inUse}</span>
          ) : (
            mayWrite() && (
              <>
                <Button
                  icon="check"
                  label={WORDS.useIt}
                  act={() => void models.alias(model.name, 'production', model.version)}
                />
                <span class="millrace-quiet">{WORDS.used(model.name)}</span>
              </>
            )
          )}
        </div>
      )}
      {findings.length > 0 && (
        <ul class="millrace-items millrace-findings" aria-label={WORDS.findings}>
          {findings.map(({ code, weight, message, hint }) => (
            <li key={`${code} ${message}`} class={`millrace-finding millrace-finding-${weight}`}>
              <i class={`fa fa-${weight === 'hint' ? 'lightbulb-o' : 'exclamation-triangle'}`} aria-hidden="true" />
              <div>
                <p>{message}</p>
                <p class="millrace-quiet">{hint}</p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <Quality {...{ evaluation, row, dataSets }} />
      <Part title={WORDS.splitHead}>
        <p>{split}</p>
        {folds && <p>{WORDS.folded(folds.mean, folds.deviation, folds.values.length)}</p>}
      </Part>
      {tried.length > 0 && (
        <Part title={WORDS.tried}>
          <table class="millrace-table" aria-label={WORDS.tried}>
            <tbody>
              {tried.map(({ trainer, title, score, seconds, problem }) => (
                <tr key={trainer} title={problem}>
                  <th scope="row">
                    {title}
                    {problem !== undefined && <small class="millrace-quiet"> {problem}</small>}
                  </th>
                  <td>{score === undefined ? '–' : figure(task, score)}</td>
                  <td>{duration(seconds * 1000)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </Part>
      )}
      <Part title={WORDS.details}>
        <Facts report={report} />
      </Part>
    </div>
  );
}
