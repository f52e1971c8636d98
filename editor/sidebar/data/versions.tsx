import { useState } from 'preact/hooks';
import type { DataSetRow, DataVersion } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { dateWords } from '../../look/recording-words.ts';
import { Button, IconButton } from '../button.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { DataSets } from './data-sets.ts';

/** Characters of a digest that people need to tell two apart. */
const SHORT = 8;

interface VersionsProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
}

/** What the examples were at times that somebody wanted to keep. */
export function Versions({ row: { name, versions, shipped, examples }, dataSets }: VersionsProps) {
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState('');
  const freeze = () => void dataSets.freeze(name, note.trim()).then((done) => done && setNote(''));
  return (
    <section>
      <h5>{WORDS.versions}</h5>
      <p class="millrace-quiet">{WORDS.versionsHint}</p>
      {versions.length > 0 && (
        <ul class="millrace-items" aria-label={WORDS.versions}>
          {versions.map((version) => (
            <li key={version.digest} class="millrace-item">
              {nameOf(version)}{' '}
              <small class="millrace-quiet">
                {version.note !== '' && `${dateWords(version.time, Date.now())} · `}
                {WORDS.examples(version.examples)} · <code>{version.digest.replace(/^.*:/, '').slice(0, SHORT)}</code>
              </small>
              {!shipped && mayWrite() && asking !== version.digest && (
                <IconButton
                  icon="trash-o"
                  label={WORDS.removeVersion(nameOf(version))}
                  act={() => setAsking(version.digest)}
                />
              )}
              {asking === version.digest && (
                <div class="millrace-actions" role="group" aria-label={WORDS.reallyRemoveVersion}>
                  <span>{WORDS.reallyRemoveVersion}</span>
                  <Button
                    icon="trash-o"
                    label={WORDS.remove}
                    act={() => {
                      setAsking('');
                      void dataSets.removeVersion(name, version.digest);
                    }}
                  />
                  <Button icon="undo" label={WORDS.keep} act={() => setAsking('')} />
                </div>
              )}
            </li>
          ))}
        </ul>
      )}
      {!shipped && examples > 0 && mayWrite() && (
        <form
          class="millrace-actions millrace-change"
          onSubmit={(event) => {
            event.preventDefault();
            freeze();
          }}
        >
          <input
            type="text"
            maxLength={2000}
            autocomplete="off"
            aria-label={WORDS.note}
            placeholder={WORDS.notePlaceholder}
            value={note}
            onInput={({ currentTarget }) => setNote(currentTarget.value)}
          />
          <Button icon="bookmark-o" label={WORDS.freeze} act={freeze} />
        </form>
      )}
    </section>
  );
}

const nameOf = ({ note, time }: DataVersion) => (note === '' ? dateWords(time, Date.now()) : note);
