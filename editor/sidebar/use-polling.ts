import { useEffect } from 'preact/hooks';

/** Looks at once, and again `period` ms after each answer, as long as `root` can be seen. */
export function usePolling(look: () => Promise<unknown>, period: number, root: HTMLElement): void {
  useEffect(() => {
    let due: number | undefined;
    let gone = false;
    let busy = false;
    const turn = () => {
      clearTimeout(due);
      if (gone || busy || document.hidden || !root.offsetParent) return;
      busy = true;
      void look().finally(() => {
        busy = false;
        if (!gone) due = window.setTimeout(turn, period);
      });
    };
    turn();
    // Coming into sight again.
    const sight = new IntersectionObserver(turn);
    sight.observe(root);
    document.addEventListener('visibilitychange', turn);
    return () => {
      gone = true;
      clearTimeout(due);
      sight.disconnect();
      document.removeEventListener('visibilitychange', turn);
    };
  }, [look, period, root]);
}
