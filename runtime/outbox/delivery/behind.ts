import type { Clock } from '../../base/index.ts';
import type { Queue } from '../queue/types.ts';

/**
 * Acknowledged messages that may be on their way to the disk before more is sent: a kill sends again no more than these and
 * what is under way.
 */
export const BEHIND = 256;

interface BehindOptions {
  readonly queue: Pick<Queue, 'settled'>;
  readonly clock: Clock;
  /** The disk has caught up, in part. */
  caughtUp(): void;
  failed(error: unknown): void;
}

/** How far the disk is behind what was acknowledged. */
export function createBehind({ queue, clock, caughtUp, failed }: BehindOptions) {
  let behind = 0;
  let writing = false;
  const write = async () => {
    writing = true;
    try {
      while (behind >= BEHIND / 2) {
        const asked = behind;
        await clock.hold(queue.settled());
        behind -= asked;
        caughtUp();
      }
    } catch (error) {
      failed(error);
    } finally {
      writing = false;
    }
  };
  return {
    /** Nothing more is to be sent. */
    get tooFar(): boolean {
      return behind >= BEHIND;
    },
    /** So many messages were acknowledged, and the queue has been told. */
    acknowledged(messages: number): void {
      behind += messages;
      if (!writing && behind >= BEHIND / 2) void write();
    },
  };
}
