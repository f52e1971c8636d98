import { type DataSetRow, type ModelRow, shortQuality, type TrainingState } from '../../../runtime/messages/index.ts';
import { trainingWords } from '../../look/training-words.ts';
import { dateWords } from '../../look/recording-words.ts';
import type { DataSets } from '../data/data-sets.ts';
import type { Models } from '../models/models.ts';
import { Notice } from '../notice.tsx';
import { Result } from './result.tsx';

interface ItemProps {
  readonly training: TrainingState;
  readonly opened: boolean;
  readonly rows: readonly DataSetRow[];
  readonly dataSets: DataSets;
  readonly models: Models;
  readonly versions: readonly ModelRow[];
  toggle(): void;
}

/** A training that has ended; opened, its result. */
export function Item({ training, opened, rows, dataSets, models, versions, toggle }: ItemProps) {
  const { report, error, model, dataSet, started, state } = training;
  const look = { done: 'check', failed: 'exclamation-triangle', cancelled: 'ban', running: '', waiting: '' }[state];
  return (
    <li class={opened ? 'millrace-item millrace-item-open' : 'millrace-item'}>
      <button type="button" class="millrace-item-head" aria-expanded={opened} onClick={toggle}>
        <i class={`fa fa-caret-${opened ? 'down' : 'right'}`} aria-hidden="true" />
        <span>
          <strong>
            {model}
            {report && ` ${report.model.version}`}
          </strong>
          <small>
            {[trainingWords(training), dataSet, dateWords(started, Date.now())].filter(Boolean).join(' · ')}
          </small>
        </span>
        <span class="millrace-aside">
          {report ? shortQuality(report.evaluation) : <i class={`fa fa-${look}`} aria-hidden="true" />}
        </span>
      </button>
      {opened && error && <Notice trouble={{ text: error.message, hint: error.hint }} />}
      {opened && report && (
        <Result {...{ report, dataSets, models }} row={rows.find(({ name }) => name === dataSet)} rows={versions} />
      )}
    </li>
  );
}
