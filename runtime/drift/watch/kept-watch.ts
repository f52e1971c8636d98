import { createHash } from 'node:crypto';
import type { DriftPicture } from '../../messages/index.ts';
import type { DriftStore } from '../history/types.ts';
import type { WatchSettings } from '../types.ts';

/** What is kept of a watch. */
export interface WatchSaved {
  readonly format: 1;
  /** Of the settings, and of the reference's model. */
  readonly settings: string;
  readonly reference: string;
  /** The reference of the package was given up for what the stream is now. */
  readonly relearned: boolean;
  readonly watching: unknown;
  readonly open: unknown;
}

/** What was kept of a node, if it had the same settings. */
export interface KeptWatch {
  /** For whoever has the same reference, until something else is kept in its place. */
  load(): Promise<WatchSaved | undefined>;
  /** It is gone on from, or something else is kept in its place. */
  drop(): void;
  /** As it was shown last. */
  picture(): Promise<DriftPicture | undefined>;
  /** What is to be kept from now on. */
  of(state: Omit<WatchSaved, 'format' | 'settings'>): WatchSaved;
}

export function createKeptWatch(
  store: DriftStore | undefined,
  node: string | undefined,
  settings: WatchSettings,
): KeptWatch {
  const key = digestOf({ ...settings, model: undefined });
  const none = Promise.resolve(undefined);
  let loaded: Promise<WatchSaved | undefined> | undefined;

  const read = async (): Promise<WatchSaved | undefined> => {
    if (!store || node === undefined) return undefined;
    const saved = (await store.load(node).catch(() => undefined)) as WatchSaved | undefined;
    return saved?.format === 1 && saved.settings === key ? saved : undefined;
  };

  return {
    load: () => (loaded ??= read()),
    drop() {
      loaded = none;
    },
    async picture() {
      if (!store || node === undefined) return undefined;
      const picture = await store.picture(node).catch(() => undefined);
      return picture && (await read()) ? picture : undefined;
    },
    of: (state) => ({ format: 1, settings: key, ...state }),
  };
}

/** Of settings: whatever is set, in whichever order. */
function digestOf(settings: object): string {
  const entries = Object.entries(settings).filter(([, value]) => value !== undefined);
  return createHash('sha256')
    .update(JSON.stringify(entries.sort(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');
}
