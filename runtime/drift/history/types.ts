import type { DriftEvent, DriftHistory, DriftKind, DriftPicture, WatchedStream } from '../../messages/index.ts';

/** One evaluation, as it goes into the history. */
export interface HistoryPoint {
  /** ms since the epoch */
  readonly time: number;
  readonly features: readonly {
    readonly name: string;
    readonly kind: DriftKind;
    readonly statistic: string;
    readonly value: number;
    readonly threshold: number;
  }[];
}

export interface HistorySpan {
  /** ms since the epoch; left out: from the first on */
  readonly from?: number;
  readonly to?: number;
  /** At most so many points a course: of several the largest is kept. Default 500. */
  readonly points?: number;
}

/** What is known of the streams of this machine, on disk: the present state of each, its picture and its past. Bounded. */
export interface DriftStore {
  /** @returns what was saved last for this node, exactly; `undefined` where there is nothing, or it is damaged (which is counted) */
  load(node: string): Promise<unknown>;
  /** In one transaction: the state, its picture, and what has happened since the last call. */
  save(
    node: string,
    now: {
      readonly state: unknown;
      readonly picture: DriftPicture;
      readonly points: readonly HistoryPoint[];
      readonly events: readonly DriftEvent[];
    },
  ): Promise<void>;
  /** Of all nodes that have saved something; the one that changed last first. */
  streams(): Promise<readonly WatchedStream[]>;
  picture(node: string): Promise<DriftPicture | undefined>;
  /** @throws DRIFT_STREAM_NOT_FOUND */
  history(node: string, span?: HistorySpan): Promise<DriftHistory>;
  /** Everything of a node that was removed. */
  forget(node: string): Promise<void>;
  close(): Promise<void>;
}
