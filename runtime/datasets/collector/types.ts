import type { TruthLabel } from '../../messages/index.ts';
import type { LABELS_FROM } from '../schema.ts';

/** Where the label of an example comes from. */
export type LabelFrom = (typeof LABELS_FROM)[number];

export interface CollectorSettings {
  readonly dataSet: string;
  /** Those that are offered as buttons, in this order. */
  readonly labels: readonly string[];
  readonly from: LabelFrom;
  /** Label of every message, where they come from `always`. */
  readonly always: string;
  /** What becomes of messages while there is no label for them. */
  readonly unlabelled: 'drop' | 'keep';
  /** Examples of one label at most; of numbers, and of those without a label, in all. */
  readonly most: number;
  /** Of examples whose message names none. */
  readonly source: string;
  /** Canonical JSON of the recipe of this digest, where it is known. */
  recipeText(digest: string): string | undefined;
  /** Told of what no message caused: the disk refused, or an example was of another shape than those before it. */
  failed(error: unknown): void;
  /** Told when `state` may be another. */
  changed(): void;
}

/** What a message brings. */
export interface Arrival {
  /** Named numbers, a window, or one number. */
  readonly payload: unknown;
  /** Of labels that come with the messages. */
  readonly label: unknown;
  readonly time?: unknown;
  readonly source?: unknown;
  readonly group?: unknown;
  readonly recipe?: unknown;
}

/** Why something was not taken. */
export type Refusal = 'enough' | 'too fast' | 'not an example' | 'another shape' | 'label' | 'began before' | 'failed';

export interface CollectorState {
  /** Those that are offered first, then the others that the data set has, most examples first; at most fifty. */
  readonly labels: readonly { readonly label: TruthLabel; readonly examples: number }[];
  readonly unlabelled: number;
  /** In the data set, with those that are on their way to it. */
  readonly examples: number;
  /** Of the button that is held, or of the messages that are being taken. */
  readonly recording: TruthLabel | null;
  /** There are as many examples of it as may be. */
  readonly full: boolean;
  /** Messages since the start that could have been examples. */
  readonly arrived: number;
  readonly refused: readonly { readonly what: Refusal; readonly count: number }[];
}

/** Fills a data set from a stream of messages: says which label an example has, and writes in batches. */
export interface Collector {
  /**
   * One message. What is taken is on disk within a second, or when `close` resolves.
   *
   * @throws EXAMPLE_LABEL_INVALID, COLLECT_TOO_FAST, DATA_SET_…
   */
  take(arrival: Arrival): void;
  /**
   * From now on everything is an example of this label. `true`: of the label that was held last, or the first that is offered;
   * where labels come with the messages, it goes on after a `release`.
   *
   * @param ms after which it ends by itself, unless it is said again
   * @throws COLLECT_LABEL_MISSING
   */
  hold(label: TruthLabel | true, ms?: number): void;
  /** The end of `hold`; where labels come with the messages, nothing is taken until the next. */
  release(): void;
  readonly state: CollectorState;
  /** Writes what waits. */
  close(): Promise<void>;
}
