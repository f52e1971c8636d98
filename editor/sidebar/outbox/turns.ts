import type { Store } from '../../live/store.ts';

/**
 * Calls back when a destination is reached or lost, paused or refuses messages, as the upload nodes show it: the part is not to say
 * that all is delivered while the canvas says that nobody is there.
 *
 * @returns a function that ends it
 */
export function onTurn(store: Pick<Store, 'all' | 'onChange'>, call: () => void): () => void {
  const now = () =>
    store
      .all('outbox')
      .map(({ latest: { node, connected, paused = false, dead = 0 } }) => `${node} ${connected} ${paused} ${dead}`)
      .join();
  let known = now();
  return store.onChange(() => {
    const seen = now();
    if (seen === known) return;
    known = seen;
    call();
  });
}
