import type { NodeContext } from '../../runtime/node-red/index.ts';
import type { Window, WindowAssembler } from '../../runtime/signal/index.ts';

type Status = NodeContext<unknown>['status'];

/** So many silences in a row are a coincidence. */
const FEW = 3;

/** Words for what a window is doing. */
export function progress(length: number, status: Status) {
  let incomplete = 0;
  let restarts = 0;
  return {
    start: () => status('waiting', 'waiting'),
    next({ held, counts }: WindowAssembler, full: Window | undefined) {
      if (full) {
        const [samples, channels] = full.payload.shape;
        ({ incomplete, restarts } = counts);
        if (full.gaps > 0) status('warning', 'gaps', { count: full.gaps });
        else status('active', 'running', { samples, channels, rate: Number(full.payload.rate.toPrecision(3)) });
      } else if (counts.incomplete >= incomplete + length) {
        // For a whole window's time hardly anything was usable: someone should look.
        incomplete = counts.incomplete;
        status('warning', 'incomplete', { count: incomplete });
      } else if (counts.restarts > restarts + FEW) {
        // Silence after silence, and never a window: the stated rate is not the source's.
        status('warning', 'restarts', { count: counts.restarts - restarts });
      } else if (held < length && held % Math.max(1, Math.floor(length / 10)) === 0) {
        status('waiting', 'filling', { held, length });
      }
    },
  };
}
