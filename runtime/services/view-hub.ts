import type { View } from '../messages/index.ts';

/** The views of every node: whoever listens hears each new one, whoever comes later gets the recent past. */
export interface ViewHub {
  publish(view: View): void;
  /** Everything that a browser that has just connected should see, oldest first. */
  snapshot(): readonly View[];
  /** @returns a function that ends the listening */
  listen(listener: (view: View) => void): () => void;
}

/** Half a minute at two a second, per node and kind. */
const HISTORY = 60;
const SPACING = 500;

interface Recent {
  /** Spaced at least half a second apart; the newest stands apart because it may come sooner. */
  readonly history: View[];
  newest: View;
}

/** Keeps views in memory, bounded: 60 per node and kind, and nothing of a node that was removed. */
export function createViewHub(): ViewHub {
  const recent = new Map<string, Recent>();
  const listeners = new Set<(view: View) => void>();
  const keyOf = (view: View) => `${view.node} ${view.kind}`;

  const remember = (view: View) => {
    const held = recent.get(keyOf(view));
    if (!held) {
      recent.set(keyOf(view), { history: [], newest: view });
      return;
    }
    const last = held.history.at(-1);
    if (!last || held.newest.time - last.time >= SPACING) held.history.push(held.newest);
    if (held.history.length > HISTORY) held.history.shift();
    held.newest = view;
  };

  const forget = (node: string, what: 'problem' | 'node') => {
    for (const [key, { newest }] of recent) {
      if (newest.node === node && (what === 'node' || newest.kind === 'problem')) recent.delete(key);
    }
  };

  return {
    publish(view) {
      if (view.kind === 'cleared') forget(view.node, view.what);
      else if (view.kind === 'problem') recent.set(keyOf(view), { history: [], newest: view });
      else remember(view);
      for (const listener of listeners) listener(view);
    },
    snapshot: () =>
      [...recent.values()].flatMap(({ history, newest }) => [...history, newest]).sort((a, b) => a.time - b.time),
    listen(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
