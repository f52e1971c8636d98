import { useEffect, useLayoutEffect, useReducer } from 'preact/hooks';
import { red } from '../red.ts';

/** Draws anew as soon as another flow is looked at, and from the top: what belongs to that flow stands first. */
export function useShownFlow(root: HTMLElement): void {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => {
    const turn = () => redraw(undefined);
    red().events.on('workspace:change', turn);
    return () => red().events.off('workspace:change', turn);
  }, []);
  const shown = red().workspaces.active();
  useLayoutEffect(() => {
    root.scrollTop = 0;
  }, [shown, root]);
}
