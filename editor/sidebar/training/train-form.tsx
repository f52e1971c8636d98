import { useEffect, useId, useState } from 'preact/hooks';
import type { DataSetRow } from '../../../runtime/messages/index.ts';
import { dataSetWords } from '../../look/data-words.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { ALIASES } from '../models/alias-field.tsx';
import { Balance } from '../data/balance.tsx';
import { Choice } from '../tests/field.tsx';
import { useObserved } from '../use-observed.ts';
import { ChoiceField } from './choice-field.tsx';
import { ChoicesFields, type Chosen } from './choices-fields.tsx';
import type { Trainings } from './trainings.ts';

interface TrainFormProps {
  readonly trainings: Trainings;
  readonly dataSets: readonly DataSetRow[];
  /** What the flow's train nodes are set to: offered first. */
  readonly proposed: { readonly dataSet?: string; readonly model?: string };
  /** One is under way already. */
  readonly busy: boolean;
  openData(): void;
}

/** What was typed survives a look at another part. */
const kept: { dataSet?: string; model?: string; alias: string; chosen: Chosen } = { alias: '', chosen: {} };

/** What to learn from, what to call it, and one button. */
export function TrainForm({ trainings, dataSets, proposed, busy, openData }: TrainFormProps) {
  const { trainers } = useObserved(trainings.state);
  const [, redraw] = useState(0);
  const [sent, setSent] = useState(false);
  const id = useId();
  const usable = dataSets.filter(({ examples, problem }) => examples > 0 && !problem);
  const names = usable.map(({ name }) => name);
  const dataSet = [kept.dataSet, proposed.dataSet, names[0]].find((name) => name !== undefined && names.includes(name));
  const model =
    kept.model ?? proposed.model ?? (dataSet === undefined ? '' : `my-${dataSet}`.replace(/^my-my-/, 'my-'));
  const row = usable.find(({ name }) => name === dataSet);
  const keep = (change: Partial<typeof kept>) => {
    Object.assign(kept, change);
    redraw((n) => n + 1);
  };
  // The button stays down until it is seen that it begins.
  useEffect(() => setSent(false), [busy]);
  if (usable.length === 0) {
    return (
      <div class="millrace-empty">
        <strong>{WORDS.none}</strong>
        <p>{WORDS.noData}</p>
        <button type="button" class="millrace-button" onClick={openData}>
          {WORDS.openData}
        </button>
      </div>
    );
  }
  const train = () => {
    if (dataSet === undefined || model.trim() === '') return;
    setSent(true);
    const { alias, chosen } = kept;
    void trainings
      .train({ dataSet, model: model.trim(), choices: chosen, ...(alias !== '' && { alias }) })
      .then(() => setSent(false));
  };
  return (
    <form
      class="millrace-editor millrace-train"
      aria-label={WORDS.train}
      onSubmit={(event) => {
        event.preventDefault();
        train();
      }}
    >
      <label class="millrace-field">
        <span>{WORDS.from}</span>
        <Choice
          label={WORDS.from}
          value={dataSet ?? ''}
          options={usable.map(({ name }) => [name, name] as const)}
          change={(value) => keep({ dataSet: value })}
        />
        {row && <small class="millrace-quiet">{dataSetWords(row, Date.now())}</small>}
      </label>
      {row && <Balance dataSet={row.name} labels={row.labels} />}
      <label class="millrace-field">
        <span>{WORDS.model}</span>
        <input
          type="text"
          value={model}
          maxLength={64}
          autocomplete="off"
          spellcheck={false}
          aria-describedby={id}
          onInput={({ currentTarget }) => keep({ model: currentTarget.value })}
        />
        <small id={id} class="millrace-quiet">
          {WORDS.modelHint}
        </small>
      </label>
      <button
        type="submit"
        class="millrace-button millrace-button-main millrace-big"
        disabled={sent || busy || model.trim() === ''}
      >
        <i class="fa fa-graduation-cap" aria-hidden="true" /> {WORDS.train}
      </button>
      <details>
        <summary>{WORDS.more}</summary>
        <p class="millrace-quiet">{WORDS.moreHint}</p>
        <ChoicesFields trainers={trainers} chosen={kept.chosen} change={(chosen) => keep({ chosen })} />
        <ChoiceField
          label={WORDS.alias}
          value={kept.alias}
          options={[['', WORDS.noAlias], ...ALIASES.map((alias) => [alias, alias] as const)]}
          change={(alias) => keep({ alias })}
        />
      </details>
    </form>
  );
}
