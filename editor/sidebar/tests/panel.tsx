import { useEffect } from 'preact/hooks';
import type { Store } from '../../live/store.ts';
import type { Recordings } from '../recordings/recordings.ts';
import { useObserved } from '../use-observed.ts';
import { TestEditor } from './editor.tsx';
import { TestList } from './list.tsx';
import type { Tests } from './tests.ts';

interface PanelProps {
  readonly tests: Tests;
  readonly recordings: Recordings;
  readonly store: Store;
}

/** The tests of the running flow; or the one that is being written. */
export function TestsPanel({ tests, recordings, store }: PanelProps) {
  const draft = useObserved(tests.draft);
  useEffect(() => {
    void tests.refresh();
    void recordings.refresh();
  }, [tests, recordings]);
  if (draft) return <TestEditor draft={draft} tests={tests} recordings={recordings} store={store} />;
  return <TestList tests={tests} recordings={recordings} />;
}
