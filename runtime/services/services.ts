import type { Clock } from '../base/index.ts';
import type { ViewHub } from './view-hub.ts';

/** What the nodes of one process share. One object a process, for both ways of starting. */
export interface Services {
  /** Where durable state lies: under the user directory. */
  readonly directory: string;
  readonly clock: Clock;
  /** What the sidebar shows. */
  readonly views: ViewHub;
  /** Stops the sources, lets messages in flight complete, and puts queues on disk. */
  drain(): Promise<void>;
  close(): Promise<void>;
}
