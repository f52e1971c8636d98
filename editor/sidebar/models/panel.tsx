import { useEffect, useState } from 'preact/hooks';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Notice } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { ImportBox } from './import-box.tsx';
import type { Importing } from './importing.ts';
import { ModelItem } from './model-item.tsx';
import type { Models } from './models.ts';

interface PanelProps {
  readonly models: Models;
  readonly importing: Importing;
}

/** Import a model, and see what there is: versions, what they are called, what they take, how good they are. */
export function ModelsPanel({ models, importing }: PanelProps) {
  const { loaded, models: rows, fresh, trouble } = useObserved(models.state);
  const [opened, setOpened] = useState(fresh);
  useEffect(() => void models.refresh(), [models]);
  useEffect(() => setOpened(fresh), [fresh]);
  // What goes wrong with a version stands at it.
  const openedIsShown = rows.some(({ name, versions }) =>
    versions.some(({ version }) => `${name}@${version}` === opened),
  );
  return (
    <>
      <ImportBox importing={importing} />
      {!openedIsShown && <Notice trouble={trouble} />}
      {!loaded && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {loaded && rows.length === 0 && (
        <div class="millrace-empty">
          <strong>{WORDS.none}</strong>
          <p>{WORDS.noneHint}</p>
        </div>
      )}
      <ul class="millrace-items" aria-label={WORDS.list}>
        {rows.map((row) => (
          <ModelItem
            key={row.name}
            row={row}
            models={models}
            opened={opened}
            toggle={(reference) => setOpened(opened === reference ? undefined : reference)}
          />
        ))}
      </ul>
    </>
  );
}
