import { useState } from 'preact/hooks';
import type { RecordingRow } from '../../../runtime/messages/index.ts';
import { dateWords, RECORDING_WORDS as WORDS, sizeWords } from '../../look/recording-words.ts';
import { Button } from '../button.tsx';
import { mayWrite } from './recordable.ts';

export interface RowActions {
  use(row: RecordingRow): void;
  play(row: RecordingRow): void;
  download(row: RecordingRow): void;
  remove(row: RecordingRow): void;
}

interface RowProps {
  readonly row: RecordingRow;
  readonly opened: boolean;
  readonly actions: RowActions;
  toggle(): void;
}

/** A recording of the list; opened, it shows what can be done with it. */
export function Row({ row, opened, actions, toggle }: RowProps) {
  const { title, started, shipped, open, problem } = row;
  const [asking, setAsking] = useState(false);
  const notes = [dateWords(started, Date.now()), sizeWords(row), shipped ? WORDS.shipped : '', open ? WORDS.open : '']
    .filter(Boolean)
    .join(' · ');
  return (
    <li class={opened ? 'millrace-item millrace-item-open' : 'millrace-item'}>
      <button type="button" class="millrace-item-head" aria-expanded={opened} onClick={toggle}>
        <i class={`fa fa-caret-${opened ? 'down' : 'right'}`} aria-hidden="true" />
        <span>
          <strong>{title}</strong>
          <small>{notes}</small>
        </span>
      </button>
      {problem !== undefined && <p class="millrace-warn">{problem}</p>}
      {opened && !asking && (
        <div class="millrace-actions">
          {problem === undefined && mayWrite() && (
            <>
              <Button icon="check-square-o" label={WORDS.use} act={() => actions.use(row)} />
              <Button icon="play" label={WORDS.play} act={() => actions.play(row)} />
            </>
          )}
          <Button icon="download" label={WORDS.download} act={() => actions.download(row)} />
          {!shipped && !open && mayWrite() && (
            <Button icon="trash-o" label={WORDS.remove} act={() => setAsking(true)} />
          )}
        </div>
      )}
      {opened && asking && (
        <div class="millrace-actions" role="group" aria-label={WORDS.reallyRemove(title)}>
          <span>{WORDS.reallyRemove(title)}</span>
          <Button icon="trash-o" label={WORDS.remove} act={() => actions.remove(row)} />
          <Button icon="undo" label={WORDS.keep} act={() => setAsking(false)} />
        </div>
      )}
    </li>
  );
}
