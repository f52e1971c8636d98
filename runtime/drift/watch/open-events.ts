import type { DriftKind, DriftPayload } from '../../messages/index.ts';
import type { DriftSummary } from '../types.ts';

/** What has begun and is not over: the newest event of each kind. */
export interface OpenEvents {
  take(event: DriftPayload): void;
  /** How it stands, as messages: what is on, or that nothing is. */
  now(summary: DriftSummary): readonly DriftPayload[];
  save(): unknown;
}

export function createOpenEvents(saved?: unknown): OpenEvents {
  const open = new Map<DriftKind, DriftPayload>(saved as [DriftKind, DriftPayload][] | undefined);
  return {
    take(event) {
      if (event.state === 'end') open.delete(event.kind);
      else open.set(event.kind, event);
    },
    now({ since, samples }) {
      if (open.size > 0) return [...open.values()].map((event) => ({ ...event, state: 'change' }));
      return [{ kind: 'data', state: 'end', since, features: [], samples, words: 'nothing drifts' }];
    },
    save: () => [...open],
  };
}
