import { useEffect, useReducer } from 'preact/hooks';
import type { Store } from '../live/store.ts';

/** ms: five a second are as much as a reader can follow, and cost half as much as ten. */
const PERIOD = 200;
/** How long a node has been silent is told even when nothing changes. */
const TICK = 1_000;

/** Draws anew when the store has changed, as long as `root` can be seen. */
export function useStore(store: Store, root: HTMLElement): void {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    let due: number | undefined;
    const later = () => {
      due ??= window.setTimeout(() => {
        due = undefined;
        if (!document.hidden && root.offsetParent) redraw(undefined);
      }, PERIOD);
    };
    const end = store.onChange(later);
    const tick = window.setInterval(later, TICK);
    // Coming into sight: what was not drawn is drawn.
    const sight = new IntersectionObserver(later);
    sight.observe(root);
    return () => {
      end();
      clearTimeout(due);
      clearInterval(tick);
      sight.disconnect();
    };
  }, [store, root]);
}
