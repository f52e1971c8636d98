import { useEffect, useState } from 'preact/hooks';
import type { WatchedStream } from '../../../runtime/messages/index.ts';
import type { Store } from '../../live/store.ts';
import { DRIFT_WORDS as WORDS, faultsOf } from '../../look/drift-words.ts';
import { dateWords } from '../../look/recording-words.ts';
import { Notice } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { useStore } from '../use-store.ts';
import { Sheet } from './sheet.tsx';
import type { Streams } from './streams.ts';

interface PanelProps {
  readonly store: Store;
  readonly streams: Streams;
  readonly root: HTMLElement;
}

/** What is watched for drift: in words what moved, reference beside now, and how it came. */
export function DriftPanel({ store, streams, root }: PanelProps) {
  const { loaded, streams: kept, trouble } = useObserved(streams.state);
  const [chosen, setChosen] = useState<string>();
  useStore(store, root);
  const views = store.all('drift').map(({ latest }) => latest);
  // One that is new, or has begun or ceased to drift: the list is of before.
  const states = views.map((view) => `${view.node} ${view.state} ${faultsOf(view).length}`).join();
  useEffect(() => void streams.refresh(), [streams, states]);
  const opened = chosen ?? kept[0]?.node;
  return (
    <>
      <Notice trouble={trouble} />
      {!loaded && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {loaded && kept.length === 0 && (
        <div class="millrace-empty">
          <strong>{WORDS.none}</strong>
          <p>{WORDS.noneHint}</p>
        </div>
      )}
      <ul class="millrace-items" aria-label={WORDS.list}>
        {kept.map((stream) => {
          const view = store.get('drift', stream.node)?.latest;
          return (
            <Item
              key={stream.node}
              stream={view ? { ...stream, state: view.state, time: view.time, faults: faultsOf(view).length } : stream}
              streams={streams}
              opened={opened === stream.node}
              toggle={() => setChosen(opened === stream.node ? '' : stream.node)}
            />
          );
        })}
      </ul>
    </>
  );
}

interface ItemProps {
  readonly stream: WatchedStream;
  readonly streams: Streams;
  readonly opened: boolean;
  toggle(): void;
}

function Item({ stream, streams, opened, toggle }: ItemProps) {
  const { node, name, model, state, faults = 0, time } = stream;
  // Drift is read first, as in the sheet.
  const stands = faults > 0 && state !== 'drifting' ? 'fault' : state;
  return (
    <li class={opened ? 'millrace-item millrace-item-open' : 'millrace-item'}>
      <button type="button" class="millrace-item-head" aria-expanded={opened} onClick={toggle}>
        <i class={`fa fa-caret-${opened ? 'down' : 'right'}`} aria-hidden="true" />
        <span>
          <strong>{name}</strong>
          <small>
            {[model && `${model.name} ${model.version}`, WORDS.compared(dateWords(time, Date.now()))]
              .filter(Boolean)
              .join(' · ')}
          </small>
        </span>
        <span class={`millrace-aside millrace-drift-state-${stands}`}>{WORDS.states[stands]}</span>
      </button>
      {opened && <Sheet key={node} stream={stream} streams={streams} />}
    </li>
  );
}
