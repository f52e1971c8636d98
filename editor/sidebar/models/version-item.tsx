import type { ModelVersion } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS, versionWords } from '../../look/model-words.ts';
import { Notice } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { Aliases } from './aliases.tsx';
import { CardView } from './card-view.tsx';
import type { Models } from './models.ts';
import { Note } from './note.tsx';
import { VersionActions } from './version-actions.tsx';

interface VersionItemProps {
  readonly name: string;
  readonly version: ModelVersion;
  readonly models: Models;
  /** The newest of several. */
  readonly newest: boolean;
  readonly opened: boolean;
  toggle(): void;
}

/** One version; opened, it shows its card and what can be done with it. */
export function VersionItem({ name, version: row, models, newest, opened, toggle }: VersionItemProps) {
  const { version, aliases, problem, note } = row;
  const { trouble } = useObserved(models.state);
  return (
    <li class={opened ? 'millrace-item millrace-item-open' : 'millrace-item'}>
      <div class="millrace-item-row">
        <button type="button" class="millrace-item-head" aria-expanded={opened} onClick={toggle}>
          <i class={`fa fa-caret-${opened ? 'down' : 'right'}`} aria-hidden="true" />
          <span>
            <strong>
              {version || '?'}
              {newest && <em class="millrace-quiet"> {WORDS.newest}</em>}
            </strong>
            <small>{versionWords(row, Date.now())}</small>
            {note !== undefined && !opened && <small>{note}</small>}
          </span>
        </button>
        {!opened &&
          aliases.map((alias) => (
            <span key={alias} class={`millrace-alias millrace-alias-${alias}`}>
              {alias}
            </span>
          ))}
      </div>
      {problem && (
        <div class="millrace-problem">
          <p>{problem.message}</p>
          <p class="millrace-hint">{problem.hint}</p>
          <code>{problem.code}</code>
        </div>
      )}
      {opened && (
        <div class="millrace-version">
          {!problem && <Aliases {...{ name, version, aliases, models }} />}
          <Note key={note} {...{ name, version, note, models }} />
          {!problem && <CardView {...{ name, version, models }} />}
          <Notice trouble={trouble} />
          <VersionActions {...{ name, models }} row={row} />
        </div>
      )}
    </li>
  );
}
