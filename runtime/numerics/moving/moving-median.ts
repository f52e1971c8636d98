import type { Moving } from './moving.ts';
import { createSortedWindow } from './sorted-window.ts';

export function movingMedian(length: number): Moving {
  const window = createSortedWindow(length);
  const { sorted } = window;
  return {
    bytes: window.bytes,
    push(value) {
      window.push(value);
      const { held } = window;
      return ((sorted[(held - 1) >> 1] as number) + (sorted[held >> 1] as number)) / 2;
    },
    reset: () => window.reset(),
  };
}
