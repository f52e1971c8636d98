import type { Clock, Timer } from '../../runtime/base/index.ts';
import type { Replay } from '../../runtime/datasets/index.ts';
import type { NodeContext } from '../../runtime/node-red/index.ts';

/** ms between statuses while it plays. */
const EVERY = 500;
/** ms: later than this, a flow that counts on the times may see it. */
const LATE = 20;

interface ProgressOptions {
  readonly clock: Clock;
  readonly replay: Replay;
  readonly status: NodeContext<unknown>['status'];
  readonly fail: (error: unknown) => void;
}

/** Words for where a replay is. */
export function progress({ clock, replay, status, fail }: ProgressOptions) {
  let timer: Timer | undefined;
  let told = -1;

  const tellProblems = (round: number) => {
    if (round === told) return;
    told = round;
    for (const problem of replay.recording.problems) fail(problem);
  };
  const say = () => {
    timer?.cancel();
    timer = undefined;
    const { phase, at, messages, rounds, lateness, error } = replay.state;
    const values = { position: position(at), messages };
    switch (phase) {
      case 'waiting':
        return status('waiting', 'waiting');
      case 'paused':
        return status('off', 'paused', values);
      case 'failed':
        return fail(error);
      case 'ended': {
        const { refused } = replay.recording.counts;
        tellProblems(rounds);
        if (refused > 0) return status('warning', 'leftOut', { count: refused });
        return status('off', 'ended', values);
      }
      default:
        if (rounds > 0) tellProblems(0);
        // Not what a single long piece of work costs, such as loading a model, but a machine that does not keep up.
        if (lateness.p50 > LATE) return status('warning', 'late', { late: Math.round(lateness.p50) });
        return status('active', 'playing', values);
    }
  };
  return {
    changed: say,
    next: () => void (timer ??= clock.after(EVERY, say)),
    close: () => timer?.cancel(),
  };
}

/** `1:05` or `2:01:05`. */
function position(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  const [hours = 0, ...rest] = parts;
  const shown = hours > 0 ? parts : rest;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, '0'))).join(':');
}
