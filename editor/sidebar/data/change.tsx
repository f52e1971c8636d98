import { useId, useState } from 'preact/hooks';
import type { DataSetRow, ExampleChoice, TruthLabel } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';
import type { DataSets } from './data-sets.ts';

interface ChangeProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
  readonly choice: ExampleChoice;
  /** How many it chooses. */
  readonly examples: number;
  /** Afterwards. */
  removed?(): void;
  relabelled?(): void;
}

/** Gives examples another label, or deletes them. */
export function Change({ row: { name, labels }, dataSets, choice, examples, removed, relabelled }: ChangeProps) {
  const [text, setText] = useState('');
  const [asking, setAsking] = useState(false);
  const list = useId();
  const known = labels.map(({ label }) => label).filter((label) => label !== null);
  const relabel = () => {
    const wanted = text.trim();
    if (wanted === '') return;
    void dataSets.relabel(name, choice, asLabel(wanted, known)).then((done) => {
      if (!done) return;
      setText('');
      relabelled?.();
    });
  };
  if (asking) {
    const question = WORDS.reallyRemove(examples);
    return (
      <div class="millrace-actions" role="group" aria-label={question}>
        <span>{question}</span>
        <Button
          icon="trash-o"
          label={WORDS.remove}
          act={() => {
            setAsking(false);
            void dataSets.removeExamples(name, choice).then((done) => done && removed?.());
          }}
        />
        <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
      </div>
    );
  }
  return (
    <form
      class="millrace-actions millrace-change"
      onSubmit={(event) => {
        event.preventDefault();
        relabel();
      }}
    >
      <input
        type="text"
        list={list}
        maxLength={200}
        autocomplete="off"
        aria-label={WORDS.relabelTo}
        placeholder={WORDS.relabelTo}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <datalist id={list}>
        {known.slice(0, 50).map((label) => (
          <option key={label} value={String(label)} />
        ))}
      </datalist>
      <Button icon="tag" label={WORDS.relabel} disabled={text.trim() === ''} act={relabel} />
      <Button icon="trash-o" label={WORDS.remove} act={() => setAsking(true)} />
    </form>
  );
}

/** In a data set of values a number is a value; among texts it is a text. */
function asLabel(text: string, known: readonly TruthLabel[]): TruthLabel {
  const numbers = known.length > 0 && known.every((label) => typeof label === 'number');
  return numbers && Number.isFinite(Number(text)) ? Number(text) : text;
}
