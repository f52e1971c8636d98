import { useState } from 'preact/hooks';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';

interface NewLabelProps {
  /** There is none yet. */
  readonly first: boolean;
  add(label: string): void;
}

/** A label that the node does not know yet. */
export function NewLabel({ first, add }: NewLabelProps) {
  const [text, setText] = useState('');
  const label = text.trim();
  const words = first ? WORDS.firstLabel : WORDS.nextLabel;
  return (
    <form
      class="millrace-new-label"
      onSubmit={(event) => {
        event.preventDefault();
        if (label === '') return;
        add(label);
        setText('');
      }}
    >
      <label>
        <span>{words}</span>
        <input
          type="text"
          maxLength={200}
          autocomplete="off"
          placeholder={WORDS.labelPlaceholder}
          value={text}
          onInput={({ currentTarget }) => setText(currentTarget.value)}
        />
      </label>
      <Button
        icon="plus"
        label={WORDS.addLabel}
        main={first}
        disabled={label === ''}
        act={() => {
          add(label);
          setText('');
        }}
      />
    </form>
  );
}
