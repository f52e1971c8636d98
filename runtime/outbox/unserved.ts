import type { Clock, MillraceError, Timer } from '../base/index.ts';
import type { DestinationState } from './contract.ts';
import { errors } from './errors.ts';

/** Time for a deploy to bring back the nodes that serve a destination, ms. */
const PATIENCE = 30_000;

/** Says once of each destination that it has a backlog and nobody serves it, and lets go of those that have none. */
export function createUnservedWatch(
  clock: Clock,
  roster: { states(): readonly DestinationState[]; drop(id: string): void },
  warn: (warning: MillraceError, destination: string) => void,
) {
  const reported = new Set<string>();
  let timer: Timer | undefined;
  const look = () => {
    timer = undefined;
    for (const { id, address = '', served, depth } of roster.states()) {
      if (served || depth === 0) reported.delete(id);
      if (!served && depth === 0) roster.drop(id);
      if (served || depth === 0 || reported.has(id)) continue;
      reported.add(id);
      warn(errors.BACKLOG_UNSERVED({ destination: address === '' ? id : address, messages: depth }), id);
    }
  };
  return {
    /** A destination may have lost the last node that served it. */
    soon(): void {
      timer ??= clock.after(PATIENCE, look);
    },
    stop: () => timer?.cancel(),
  };
}
