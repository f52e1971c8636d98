import { useState } from 'preact/hooks';
import type { ImportDataAnswer } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';
import { DropZone } from '../models/drop-zone.tsx';
import { TextField } from '../models/text-field.tsx';
import { Notice, type Trouble, troubleOf } from '../notice.tsx';
import type { Recordings } from '../recordings/recordings.ts';
import { useObserved } from '../use-observed.ts';
import type { DataSets } from './data-sets.ts';

interface ImportBoxProps {
  readonly dataSets: DataSets;
  readonly recordings: Recordings;
  done(name: string): void;
}

type Source = { readonly file: File } | { readonly recording: string; readonly title: string };

const ACCEPT = '.csv,.tsv,.txt,.jsonl,.ndjson,.parquet';

/** Examples that somebody has already: a table, or a recording. */
export function ImportBox({ dataSets, recordings, done }: ImportBoxProps) {
  const { recordings: rows } = useObserved(recordings.state);
  const [source, setSource] = useState<Source>();
  const [name, setName] = useState('');
  const [labelColumn, setLabelColumn] = useState('');
  const [label, setLabel] = useState('');
  const [busy, setBusy] = useState(false);
  const [trouble, setTrouble] = useState<Trouble>();
  const [answer, setAnswer] = useState<ImportDataAnswer>();
  const begin = (next: Source, called: string) => {
    setSource(next);
    setName(nameFrom(called));
    setAnswer(undefined);
    setTrouble(undefined);
  };
  const go = async () => {
    if (!source) return;
    setBusy(true);
    setTrouble(undefined);
    try {
      const asked = {
        name: name.trim(),
        ...(labelColumn.trim() !== '' && { labelColumn: labelColumn.trim() }),
        ...(label.trim() !== '' && { label: label.trim() }),
      };
      const added =
        'file' in source
          ? await dataSets.importFile(source.file, asked)
          : await dataSets.importRecording(source.recording, asked);
      setAnswer(added);
      setSource(undefined);
      done(added.name);
    } catch (error) {
      setTrouble(troubleOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <details
      class="millrace-data-import"
      onToggle={({ currentTarget }) => {
        if (currentTarget.open) void recordings.refresh();
      }}
    >
      <summary>
        {WORDS.import} <small class="millrace-quiet">{WORDS.importHint}</small>
      </summary>
      <div class="millrace-editor">
        {!source && (
          <>
            <DropZone
              label={WORDS.importFile}
              hint={WORDS.importDrop}
              accept={ACCEPT}
              take={([file]) => file && begin({ file }, file.name)}
            />
            {rows.length > 0 && (
              <label class="millrace-field">
                <span>{WORDS.orRecording}</span>
                <select
                  value=""
                  onChange={({ currentTarget: { value } }) => {
                    const row = rows.find((one) => one.name === value);
                    if (row) begin({ recording: row.name, title: row.title }, row.title);
                  }}
                >
                  <option value="">{WORDS.chooseRecording}</option>
                  {rows.map((row) => (
                    <option key={row.name} value={row.name}>
                      {row.title}
                    </option>
                  ))}
                </select>
              </label>
            )}
          </>
        )}
        {source && (
          <section class="millrace-card">
            <header>
              <h3>{'file' in source ? source.file.name : source.title}</h3>
            </header>
            <TextField label={WORDS.importInto} value={name} change={setName} />
            <TextField
              label={WORDS.labelColumn}
              value={labelColumn}
              placeholder={WORDS.labelColumnPlaceholder}
              change={setLabelColumn}
            />
            <TextField label={WORDS.oneLabel} value={label} placeholder={WORDS.oneLabelPlaceholder} change={setLabel} />
            <Notice trouble={trouble} />
            <div class="millrace-actions">
              <Button
                icon="upload"
                main
                label={busy ? WORDS.importing : WORDS.importGo}
                disabled={busy || name.trim() === ''}
                act={() => void go()}
              />
              <Button icon="undo" label={WORDS.cancel} act={() => setSource(undefined)} />
            </div>
          </section>
        )}
        <div role="status">
          {answer && (
            <div class="millrace-link">
              {WORDS.imported(answer.added, answer.name)} {answer.refused > 0 && WORDS.leftOut(answer.refused)}
              {answer.problems.slice(0, 3).map((problem) => (
                <p key={problem.message}>
                  {problem.message} <span class="millrace-quiet">{problem.hint}</span>
                </p>
              ))}
            </div>
          )}
        </div>
      </div>
    </details>
  );
}

/** `My data (2).csv` → `My data 2` */
const nameFrom = (called: string) =>
  called
    .replace(/\.(csv|tsv|txt|jsonl|ndjson|parquet)$/i, '')
    .replace(/[^\p{L}\p{N}._-]+/gu, ' ')
    .trim()
    .slice(0, 60);
