import { useState } from 'preact/hooks';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';

interface NewLabelProps {
  /** There is none yet. */
  readonly first: boolean;
  add(label: string): void;
}

/** A label that the node does not know yet. No form of its own: a dialog is one already. */
export function NewLabel({ first, add }: NewLabelProps) {
  const [text, setText] = useState('');
  const label = text.trim();
  const done = () => {
    if (label === '') return;
    add(label);
    setText('');
  };
  return (
    <>
      <div class="millrace-new-label">
        <label>
          <span>{first ? WORDS.firstLabel : WORDS.nextLabel}</span>
          <input
            type="text"
            maxLength={200}
            autocomplete="off"
            placeholder={WORDS.labelPlaceholder}
            value={text}
            onInput={({ currentTarget }) => setText(currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Enter') return;
              event.preventDefault();
              done();
            }}
          />
        </label>
        <Button icon="plus" label={WORDS.addLabel} main={first} disabled={label === ''} act={done} />
      </div>
      {first && <p class="millrace-quiet">{WORDS.firstHint}</p>}
    </>
  );
}
