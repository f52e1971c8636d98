import { useEffect, useReducer } from 'preact/hooks';
import type { Observed } from '../live/observed.ts';

/** The value as it is now; draws anew when it changes. */
export function useObserved<T>(source: Observed<T>): T {
  const [, redraw] = useReducer((n: number) => n + 1, 0);
  useEffect(() => source.onChange(() => redraw(undefined)), [source]);
  return source.value;
}
