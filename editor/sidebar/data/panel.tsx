import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../../live/store.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { Button } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { useObserved } from '../use-observed.ts';
import { useStore } from '../use-store.ts';
import { Collecting } from './collecting.tsx';
import type { DataSets } from './data-sets.ts';
import { followCollecting } from './follow.ts';
import type { Holding } from './holding.ts';
import { ImportBox } from './import-box.tsx';
import { placeCollect } from './place-collect.ts';
import { SetItem } from './set-item.tsx';

interface PanelProps {
  readonly store: Store;
  readonly dataSets: DataSets;
  readonly holding: Holding;
  readonly recordings: Recordings;
  readonly root: HTMLElement;
}

/** Hold to record, and see what there is: how many of each label, how they lie, each of them drawn. */
export function DataPanel({ store, dataSets, holding, recordings, root }: PanelProps) {
  const { loaded, dataSets: rows, trouble } = useObserved(dataSets.state);
  const [opened, setOpened] = useState<string | null>();
  useStore(store, root);
  useEffect(() => void dataSets.refresh(), [dataSets]);
  useEffect(() => followCollecting(store, () => void dataSets.refresh()), [store, dataSets]);
  const collects = store.all('collect').map(({ latest }) => latest);
  // Until somebody opens another: the one that is being filled, or the only one.
  const filled = collects.find(({ dataSet }) => rows.some(({ name }) => name === dataSet))?.dataSet;
  const open = opened === undefined ? (filled ?? (rows.length === 1 ? rows[0]?.name : undefined)) : opened;
  return (
    <>
      <Collecting {...{ store, holding, root }} />
      <Notice trouble={trouble} />
      {!loaded && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {loaded && collects.length === 0 && <Teach empty={rows.every(({ examples }) => examples === 0)} />}
      <ul class="millrace-items" aria-label={WORDS.list}>
        {rows.map((row) => (
          <SetItem
            key={row.name}
            {...{ row, dataSets }}
            opened={open === row.name}
            counted={collects.some(({ dataSet, buttons }) => buttons && dataSet === row.name)}
            toggle={() => setOpened(open === row.name ? null : row.name)}
          />
        ))}
      </ul>
      {mayWrite() && <ImportBox {...{ dataSets, recordings }} done={setOpened} />}
    </>
  );
}

/** How examples come to be, where no collect node runs. */
function Teach({ empty }: { readonly empty: boolean }) {
  const [told, setTold] = useState('');
  return (
    <div class={empty ? 'millrace-empty' : 'millrace-link'}>
      {empty && <strong>{WORDS.none}</strong>}
      <p>{WORDS.noneHint}</p>
      {mayWrite() && (
        <div class="millrace-record">
          <Button
            icon="plus"
            main={empty}
            label={WORDS.nonePlace}
            act={() => setTold(placeCollect() ? WORDS.placed : WORDS.locked)}
          />
        </div>
      )}
      <div role="status">{told}</div>
    </div>
  );
}
