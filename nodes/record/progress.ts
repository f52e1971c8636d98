import type { Clock, Timer } from '../../runtime/base/index.ts';
import type { RecorderState } from '../../runtime/datasets/index.ts';
import type { NodeContext } from '../../runtime/node-red/index.ts';

/** ms between statuses of a stream. */
const EVERY = 500;

/** Words for what is recorded, a few times a second. */
export function progress(clock: Clock, status: NodeContext<unknown>['status'], state: () => RecorderState | undefined) {
  let timer: Timer | undefined;
  const values = ({ messages, bytes }: RecorderState) => ({ messages: short(messages), size: sizeOf(bytes) });
  const say = () => {
    timer = undefined;
    const now = state();
    if (!now) return;
    if (now.dropped > 0) status('warning', 'dropped', { count: short(now.dropped) });
    else if (now.messages === 0) status('waiting', 'waiting');
    else status('active', 'recording', values(now));
  };
  return {
    recording: say,
    next: () => void (timer ??= clock.after(EVERY, say)),
    stopped(last: RecorderState | undefined) {
      timer?.cancel();
      timer = undefined;
      if (last && last.messages > 0) status('off', 'recorded', values(last));
      else status('off', 'stopped');
    },
    close: () => timer?.cancel(),
  };
}

/** As few characters as a status has room for. */
const short = (count: number): string => {
  if (count < 10_000) return String(count);
  return count < 1e6 ? `${Math.round(count / 1000)}k` : `${(count / 1e6).toFixed(1)}M`;
};

function sizeOf(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1000))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
