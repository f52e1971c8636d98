import { useState } from 'preact/hooks';
import type { Store } from '../../live/store.ts';
import { DATA_WORDS as WORDS } from '../../look/data-words.ts';
import { red } from '../../red.ts';
import { asOnCanvas } from '../order.ts';
import { mayWrite } from '../recordings/recordable.ts';
import { useStore } from '../use-store.ts';
import { CollectBox } from './collect-box.tsx';
import type { Holding } from './holding.ts';

/** Under which the browser remembers that somebody clicks rather than holds. */
const CHOICE = 'millrace-click-to-record';

interface CollectingProps {
  readonly store: Store;
  readonly holding: Holding;
  readonly root: HTMLElement;
  /** Only this node's. Default: every collect node's. */
  readonly node?: string;
}

/** The buttons of the collect nodes that run. */
export function Collecting({ store, holding, root, node }: CollectingProps) {
  useStore(store, root);
  const [click, setClick] = useState(red().settings.getLocal(CHOICE) === 'true');
  const entries = asOnCanvas(store.all('collect')).filter(({ latest }) => node === undefined || latest.node === node);
  if (entries.length === 0) return null;
  if (!mayWrite()) return <p class="millrace-quiet">{WORDS.readOnly}</p>;
  return (
    <>
      {entries.map((entry) => (
        <CollectBox key={entry.latest.node} {...{ entry, holding, click }} />
      ))}
      <label class="millrace-check millrace-quiet">
        <input
          type="checkbox"
          checked={click}
          onChange={({ currentTarget: { checked } }) => {
            holding.release();
            red().settings.setLocal(CHOICE, String(checked));
            setClick(checked);
          }}
        />{' '}
        {WORDS.clickInstead}
      </label>
    </>
  );
}
