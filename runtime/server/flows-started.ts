import type { Clock } from '../base/index.ts';
import type { Log } from './log.ts';
import type { NodeRed } from './node-red.ts';

/** Flows that have not started by then (ms) are waited for no longer; the process goes on. */
const PATIENCE = 20_000;

/** Resolves when Node-RED has started the flows, or has said that it cannot. */
export function flowsStarted(red: NodeRed, clock: Clock, log: Log): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      timer.cancel();
      red.events.off('flows:started', finish);
      red.events.off('runtime-event', onEvent);
      resolve();
    };
    const onEvent = ({ payload }: { payload?: { error?: string } }) => {
      if (payload?.error !== undefined) finish();
    };
    const timer = clock.after(PATIENCE, () => {
      log.warn(`the flows have not started within ${PATIENCE / 1000} s`);
      finish();
    });
    red.events.on('flows:started', finish);
    red.events.on('runtime-event', onEvent);
  });
}
