import type { Store } from '../../live/store.ts';

/** While examples come in the list is asked for no more often than this, ms. */
const SPACING = 1_000;

/** Calls when the collect nodes say that there are other examples than before. @returns what ends it */
export function followCollecting(store: Store, changed: () => void): () => void {
  const now = () =>
    store
      .all('collect')
      .map(({ latest }) => [latest.dataSet, latest.unlabelled, ...latest.labels.map(({ examples }) => examples)].join())
      .join(';');
  let before = now();
  let due: ReturnType<typeof setTimeout> | undefined;
  const end = store.onChange(() => {
    if (due !== undefined || now() === before) return;
    due = setTimeout(() => {
      due = undefined;
      before = now();
      if (!document.hidden) changed();
    }, SPACING);
  });
  return () => {
    end();
    clearTimeout(due);
  };
}
