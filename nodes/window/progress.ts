import type { NodeContext } from '../../runtime/node-red/index.ts';
import type { Window, WindowAssembler } from '../../runtime/signal/index.ts';

type Status = NodeContext<unknown>['status'];

/** So many silences in a row are a coincidence. */
const FEW = 3;

/** Words for what a window is doing; the same words are not said twice, so that a fast stream does not flood the editor. */
export function progress(length: number, status: Status) {
  let said = '';
  let incomplete = 0;
  let restarts = 0;
  const say: Status = (look, key, values) => {
    const words = JSON.stringify([key, values]);
    if (words === said) return;
    said = words;
    status(look, key, values);
  };
  return {
    start: () => say('waiting', 'waiting'),
    next({ held, counts }: WindowAssembler, full: Window | undefined) {
      if (full) {
        const [samples, channels] = full.payload.shape;
        ({ incomplete, restarts } = counts);
        if (full.gaps > 0) say('warning', 'gaps', { count: full.gaps });
        else say('active', 'running', { samples, channels, rate: Number(full.payload.rate.toPrecision(3)) });
      } else if (counts.incomplete >= incomplete + length) {
        // For a whole window's time hardly anything was usable: someone should look.
        incomplete = counts.incomplete;
        say('warning', 'incomplete', { count: incomplete });
      } else if (counts.restarts > restarts + FEW) {
        // Silence after silence, and never a window: the stated rate is not the source's.
        say('warning', 'restarts', { count: counts.restarts - restarts });
      } else if (held < length && held % Math.max(1, Math.floor(length / 10)) === 0) {
        say('waiting', 'filling', { held, length });
      }
    },
  };
}
