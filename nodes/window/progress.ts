import type { NodeContext } from '../../runtime/node-red/index.ts';
import type { Window, WindowAssembler } from '../../runtime/signal/index.ts';
import { shownOf } from './shown-of.ts';

type Told = Pick<NodeContext<{ readonly cut: 'count' | 'time' | 'trigger' }>, 'status' | 'show' | 'settings'>;

/** So many silences in a row are a coincidence. */
const FEW = 3;
/** What a window's time is taken for where its length is not known. */
const SOME = 100;

/** Words for what a window is doing. */
export function progress(window: WindowAssembler, { status, show, settings }: Told) {
  const length = window.length || SOME;
  const step = Math.max(1, Math.floor(length / 10));
  let told = { ...window.counts };
  let any = false;

  const running = ({ gaps, payload: { rate, shape } }: Window) => {
    const [samples, channels] = shape;
    if (gaps > 0) status('warning', 'gaps', { count: gaps });
    else status('active', 'running', { samples, channels, rate: Number(rate.toPrecision(3)) });
  };

  return {
    start: () => status('waiting', 'waiting'),
    next(full: Window | undefined) {
      const { counts, held } = window;
      if (full) {
        told = { ...counts };
        any = true;
        running(full);
        const view = shownOf(full, counts);
        if (view) show(view);
      } else if (counts.dropped > told.dropped) {
        status('warning', 'dropped', { count: counts.dropped });
        told = { ...told, dropped: counts.dropped };
      } else if (counts.incomplete + counts.untimed >= told.incomplete + told.untimed + length) {
        // For a whole window's time hardly anything was usable: someone should look.
        told = { ...told, incomplete: counts.incomplete, untimed: counts.untimed };
        status('warning', 'incomplete', { count: counts.incomplete + counts.untimed });
      } else if (counts.restarts > told.restarts + FEW) {
        // Silence after silence, and never a window: the stated rate is not the source's.
        status('warning', 'restarts', { count: counts.restarts - told.restarts });
      } else if (settings.cut === 'trigger') {
        if (held === window.length && !any) status('ok', 'armed');
        else if (held < window.length && held % step === 0) status('waiting', 'filling', { held, length });
      } else if (window.length === 0) {
        if (!any && held % step === 0) status('waiting', 'collecting', { held });
      } else if (held < length && held % step === 0) {
        status('waiting', 'filling', { held, length });
      }
    },
  };
}
