import type { ReleaseFacts } from '../../messages/index.ts';
import type { FlowFailure } from '../deploy/types.ts';
import type { EventJournal } from './event-journal.ts';

/** Tells the studio of a flow's failures, and that it is up again. */
export interface ProcessEvents {
  up(release: ReleaseFacts): void;
  /** @param restarts failures in a row, this one included */
  failed(failure: FlowFailure, release: ReleaseFacts, restarts: number): void;
}

/** A flow that fails for weeks must not push out what else happened: it is told the first, second, fourth, eighth … time. */
export function createProcessEvents(journal: Pick<EventJournal, 'add'>): ProcessEvents {
  let worthTelling = true;
  return {
    up(release) {
      if (worthTelling) journal.add({ kind: 'started', release, text: `${release.name} ${release.version} is up` });
      worthTelling = false;
    },
    failed({ kind, text, problem }, release, restarts) {
      if (!Number.isInteger(Math.log2(restarts))) return;
      worthTelling = true;
      const often = restarts === 1 ? '' : ` (${restarts} times in a row)`;
      journal.add({ kind, release, text: `${text}${often}`, ...(problem && { problem }) });
    },
  };
}
