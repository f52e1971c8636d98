import { useState } from 'preact/hooks';
import {
  type DataSetRow,
  type EvaluationReport,
  type ModelRow,
  qualityWords,
} from '../../../runtime/messages/index.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { Button } from '../button.tsx';
import type { DataSets } from '../data/data-sets.ts';
import { offersOf } from '../models/offers.ts';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import { ChoiceField } from './choice-field.tsx';
import { Headline } from './headline.tsx';
import { Quality } from './quality.tsx';
import type { Trainings } from './trainings.ts';

interface MeasureProps {
  readonly trainings: Trainings;
  readonly dataSets: DataSets;
  readonly rows: readonly DataSetRow[];
  readonly models: readonly ModelRow[];
}

/** Measures a model on a data set, and says whether another one is better. */
export function Measure({ trainings, dataSets, rows, models }: MeasureProps) {
  const [asked, setAsked] = useState({ model: '', challenger: '', dataSet: '' });
  const [report, setReport] = useState<EvaluationReport>();
  const [trouble, setTrouble] = useState<Trouble>();
  const [busy, setBusy] = useState(false);
  const references = offersOf(models).flatMap(({ offers }) =>
    offers.map(({ reference, words }) => [reference, words] as const),
  );
  const usable = rows.filter(({ examples, problem }) => examples > 0 && !problem);
  const model = asked.model || (references[0]?.[0] ?? '');
  const dataSet = asked.dataSet || (usable[0]?.name ?? '');
  if (model === '' || dataSet === '') return null;
  const measure = async () => {
    setBusy(true);
    setReport(undefined);
    setTrouble(undefined);
    try {
      const { challenger } = asked;
      setReport(await trainings.evaluate({ model, dataSet, ...(challenger !== '' && { challenger }) }));
    } catch (error) {
      setTrouble(troubleOf(error));
    }
    setBusy(false);
  };
  const other = report?.challenger;
  return (
    <details class="millrace-editor millrace-part">
      <summary>{WORDS.evaluate}</summary>
      <p class="millrace-quiet">{WORDS.evaluateHint}</p>
      <ChoiceField
        label={WORDS.champion}
        value={model}
        options={references}
        change={(value) => setAsked({ ...asked, model: value })}
      />
      <ChoiceField
        label={WORDS.challenger}
        value={asked.challenger}
        options={[['', WORDS.noChallenger], ...references]}
        change={(challenger) => setAsked({ ...asked, challenger })}
      />
      <ChoiceField
        label={WORDS.on}
        value={dataSet}
        options={usable.map(({ name }) => [name, name] as const)}
        change={(value) => setAsked({ ...asked, dataSet: value })}
      />
      <div class="millrace-actions">
        <Button
          icon="tachometer"
          label={busy ? WORDS.measuring : WORDS.measure}
          disabled={busy}
          act={() => void measure()}
        />
      </div>
      <Notice trouble={trouble} />
      {report && (
        <section class="millrace-card" aria-label={`${report.model.name} ${report.model.version}`}>
          {other && (
            <p class={`millrace-verdict-words millrace-verdict-${other.comparison.verdict.replace(' ', '-')}`}>
              <b>
                {other.model.name} {other.model.version}
              </b>{' '}
              {other.comparison.words}
            </p>
          )}
          <header>
            <h3>{report.model.name}</h3>
            <span class="millrace-aside">{report.model.version}</span>
          </header>
          <Headline words={qualityWords(report.evaluation)} evaluation={report.evaluation} />
          <p class="millrace-quiet">{report.words}</p>
          <Quality
            evaluation={report.evaluation}
            row={rows.find(({ name }) => name === report.dataSet)}
            dataSets={dataSets}
          />
        </section>
      )}
    </details>
  );
}
