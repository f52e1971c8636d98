import { useState } from 'preact/hooks';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Button } from '../button.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Models } from './models.ts';

interface NoteProps {
  readonly name: string;
  readonly version: string;
  readonly note: string | undefined;
  readonly models: Models;
}

/** What somebody wrote about a version; it can be changed, the version cannot. */
export function Note({ name, version, note = '', models }: NoteProps) {
  const [text, setText] = useState<string>();
  if (text === undefined) {
    return (
      <p class="millrace-note">
        {note}{' '}
        {mayWrite() && (
          <button type="button" class="millrace-more" onClick={() => setText(note)}>
            {note === '' ? WORDS.addNote : WORDS.editNote}
          </button>
        )}
      </p>
    );
  }
  const save = () => void models.note(name, version, text.trim()).then((done) => done && setText(undefined));
  return (
    <div class="millrace-editor">
      <textarea
        rows={2}
        autofocus
        maxLength={2000}
        aria-label={WORDS.note}
        placeholder={WORDS.notePlaceholder}
        value={text}
        onInput={({ currentTarget }) => setText(currentTarget.value)}
      />
      <div class="millrace-actions">
        <Button icon="check" label={WORDS.save} act={save} />
        <Button icon="undo" label={WORDS.cancel} act={() => setText(undefined)} />
      </div>
    </div>
  );
}
