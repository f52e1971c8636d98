import type { Clock, MillraceError, Timer } from '../base/index.ts';
import type { DestinationState } from './contract.ts';
import { errors } from './errors.ts';

/** Time for a deploy to bring back the nodes that serve a destination, ms. */
const PATIENCE = 30_000;

/** Says once of each destination that it has a backlog and nobody serves it. */
export function createUnservedWatch(
  clock: Clock,
  states: () => readonly DestinationState[],
  warn: (warning: MillraceError) => void,
) {
  const reported = new Set<string>();
  let timer: Timer | undefined;
  const look = () => {
    timer = undefined;
    for (const { id, served, depth } of states()) {
      if (served) reported.delete(id);
      if (served || depth === 0 || reported.has(id)) continue;
      reported.add(id);
      warn(errors.BACKLOG_UNSERVED({ destination: id, messages: depth }));
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
