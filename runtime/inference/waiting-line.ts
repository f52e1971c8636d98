import type { Job } from './running-model.ts';
import type { QueuePolicy } from './predictor.ts';

/** The questions of one user that wait for their turn. */
export interface WaitingLine {
  readonly length: number;
  /** Whether one more may be asked. With `drop-oldest` it makes room, if the oldest's turn has not come. */
  admit(): boolean;
  /** Resolves with nothing if it is dropped later. */
  add<T>(job: Job, answer: Promise<T>): Promise<T | undefined>;
}

/** @param dropped called for each question that is dropped to make room */
export function createWaitingLine(limit: number, policy: QueuePolicy, dropped: () => void): WaitingLine {
  const line: { readonly job: Job; readonly drop: () => void }[] = [];
  return {
    get length() {
      return line.length;
    },
    admit() {
      if (line.length < limit) return true;
      if (policy !== 'drop-oldest') return false;
      const at = line.findIndex(({ job }) => job.cancel());
      if (at < 0) return false;
      const [oldest] = line.splice(at, 1);
      oldest?.drop();
      dropped();
      return true;
    },
    add(job, answer) {
      return new Promise((resolve, reject) => {
        const waiting = { job, drop: () => resolve(undefined) };
        line.push(waiting);
        const leave = () => {
          const at = line.indexOf(waiting);
          if (at >= 0) line.splice(at, 1);
        };
        void answer.finally(leave).then(resolve, reject);
      });
    },
  };
}
