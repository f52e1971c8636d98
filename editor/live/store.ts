import type { View } from '../../runtime/messages/index.ts';
import { createHistory, type History } from './history.ts';

export type Shown = Exclude<View, { kind: 'cleared' }>;
export type Kind = Shown['kind'];
export type ShownOf<K extends Kind> = Extract<Shown, { kind: K }>;

/** One kind of view of one node, with its recent past. */
export interface Entry<T extends Shown = Shown> {
  readonly latest: T;
  readonly history: History<T>;
}

export type LinkState =
  { readonly state: 'connecting' | 'online' | 'offline' } | { readonly state: 'refused'; readonly reason: string };

export interface Store {
  /** Forgets everything and takes in the past. */
  reset(views: readonly View[]): void;
  apply(views: readonly View[]): void;
  /** Entries of a kind, by node, in the order in which the nodes first appeared. */
  all<K extends Kind>(kind: K): Entry<ShownOf<K>>[];
  get<K extends Kind>(kind: K, node: string): Entry<ShownOf<K>> | undefined;
  /** How long ago the latest view was made, ms. */
  age(entry: Entry): number;
  link: LinkState;
  /** Called after each change. @returns a function that ends it */
  onChange(listener: () => void): () => void;
}

/** Half a minute is drawn; a node shows at most ten views a second. */
export const SPAN = 30_000;
const MOST = 310;
const LEAST = 60;

/** What the browser knows of the running flows. @param monotonic ms that never go back */
export function createStore(monotonic: () => number): Store {
  const entries = new Map<string, { latest: Shown; history: History<Shown> }>();
  const listeners = new Set<() => void>();
  // The two clocks differ by what the least delayed view shows.
  let skew = Infinity;
  let link: LinkState = { state: 'connecting' };

  const tell = () => listeners.forEach((listener) => listener());

  const take = (view: View) => {
    if (view.kind === 'cleared') {
      for (const [key, { latest }] of entries) {
        if (latest.node === view.node && (view.what === 'node' || latest.kind === 'problem')) entries.delete(key);
      }
      return;
    }
    const key = `${view.kind} ${view.node}`;
    const entry = entries.get(key) ?? { latest: view, history: createHistory<Shown>(MOST, SPAN, LEAST) };
    entry.latest = view;
    skew = Math.min(skew, monotonic() - view.time);
    entry.history.add(view.time, view);
    entries.set(key, entry);
  };

  return {
    reset(views) {
      entries.clear();
      skew = Infinity;
      views.forEach(take);
      tell();
    },
    apply(views) {
      views.forEach(take);
      tell();
    },
    all: <K extends Kind>(kind: K) =>
      [...entries.values()].filter(({ latest }) => latest.kind === kind) as unknown as Entry<ShownOf<K>>[],
    get: <K extends Kind>(kind: K, node: string) => entries.get(`${kind} ${node}`) as unknown as Entry<ShownOf<K>>,
    age: ({ latest }) => Math.max(0, monotonic() - skew - latest.time),
    get link() {
      return link;
    },
    set link(state) {
      link = state;
      tell();
    },
    onChange(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
