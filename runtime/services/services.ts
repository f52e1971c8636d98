import type { Clock } from '../base/index.ts';
import type { DataSets, Recordings } from '../datasets/index.ts';
import type { Boards } from '../devices/index.ts';
import type { Drift } from '../drift/index.ts';
import type { Inference } from '../inference/index.ts';
import type { Importer } from '../models/import/index.ts';
import type { Registry } from '../models/registry/index.ts';
import type { Outbox } from '../outbox/index.ts';
import type { Signal } from '../signal/index.ts';
import type { Suites } from '../suites/index.ts';
import type { Learning } from './learning/types.ts';
import type { ModelLibrary } from './model-library.ts';
import type { ViewHub } from './view-hub.ts';

/** What the nodes of one process share. One object a process, for both ways of starting. */
export interface Services {
  /** Where durable state lies: under the user directory. */
  readonly directory: string;
  /** The id of this gateway, made at first start: part of the key of everything that it uploads. */
  readonly gateway: string;
  readonly clock: Clock;
  /** What the sidebar shows. */
  readonly views: ViewHub;
  readonly boards: Boards;
  /** Windows and recipes. */
  readonly signal: Signal;
  readonly models: Registry;
  /** Model files → versions in the registry. */
  readonly importer: Importer;
  /** Models as a person looks at them. */
  readonly library: ModelLibrary;
  readonly inference: Inference;
  readonly drift: Drift;
  readonly outbox: Outbox;
  /** Streams on disk, to be played again. */
  readonly recordings: Recordings;
  /** Labelled examples. */
  readonly dataSets: DataSets;
  /** Tests of flows. */
  readonly suites: Suites;
  /** Training and evaluation. */
  readonly learning: Learning;
  /** What nodes use that name no board or target, in words. */
  readonly standard: { readonly board: string; readonly target: string };
  /**
   * Lets go of what only the start of the process needed, in every thread of it: to be called once, when the start is over. It
   * stops each for 0.1 s, a second on a small gateway.
   */
  compact(): void;
  /** Stops the sources: no new readings enter the flows. */
  pause(): void;
  /** Puts queues on disk and lets go of everything: workers, sockets, files. */
  close(): Promise<void>;
}
