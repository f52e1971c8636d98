import type { AcceptanceRules } from '../../bundle/index.ts';
import type { Slot } from '../state/rollout-state.ts';
import type { Clock } from '../../base/index.ts';
import type {
  DeployAnswer,
  DeployOffer,
  DeployPart,
  GatewayEvent,
  GatewayStatus,
  ReleaseFacts,
  Vitals,
} from '../../messages/index.ts';

/** What the supervisor is to start. */
export interface Start {
  readonly slot: Slot;
  /** The unpacked bundle. */
  readonly directory: string;
  readonly release: ReleaseFacts;
  /** A new bundle, which has yet to hold. */
  readonly candidate: boolean;
}

/** How a start of the flow came to its end without anybody having asked for it. */
export interface FlowFailure {
  readonly kind: 'crashed' | 'hung' | 'out-of-memory';
  /** One sentence. */
  readonly text: string;
  readonly problem?: GatewayEvent['problem'];
}

/** What happened, for the studio and the log: without the number and the time, which whoever keeps events gives. */
export type RolloutEvent = Pick<GatewayEvent, 'kind' | 'release' | 'text' | 'problem'>;

/** The part of a status that the rollout knows. */
export type RolloutStatus = Pick<
  GatewayStatus,
  'state' | 'progress' | 'running' | 'held' | 'newest' | 'previous' | 'candidate' | 'problem'
>;

/** What a bundle is estimated to need while it runs, held against what it then takes. */
export interface Estimate {
  readonly memoryBytes?: number | undefined;
  /** From the process's start until the flow runs. */
  readonly startMs?: number | undefined;
  /** For a row of its slowest model. */
  readonly modelMs?: number | undefined;
}

/**
 * Whether a bundle may run here. Each rejects with a coded error that says what is missing and what would help, and ends its
 * work when `signal` says so.
 */
export interface Judges {
  /** Holds what the bundle needs against what the device has. */
  fit(directory: string, signal: AbortSignal): Promise<Estimate>;
  /** Runs the bundle's flow tests and its models' vectors on the device. */
  test(directory: string, signal: AbortSignal): Promise<void>;
}

/** The process of the flow, as the rollout asks for it. */
export interface FlowProcess {
  /**
   * What is to run has changed: ends what runs, and when that is gone asks `starting()` anew. Returns at once. It also
   * begins where nothing ran, and cuts a back-off short.
   */
  restart(): void;
}

export interface RolloutOptions {
  /** The folder `gateway` of the user directory. */
  readonly directory: string;
  /** What the gateway trusts and is; asked for each release. */
  readonly rules: () => Promise<Omit<AcceptanceRules, 'newest' | 'now'>>;
  readonly judges: Judges;
  readonly flow: FlowProcess;
  /** Told of what happened; it may be told twice of what happened just before a power cut. */
  readonly tell?: (event: RolloutEvent) => void;
  /** How long a new bundle is watched before it is the last good one, ms; default 5 min. */
  readonly probation?: number;
  readonly clock?: Clock;
}

/**
 * Which bundle runs, and how another takes its place. The supervisor goes in a circle: `starting()`, start the process,
 * `up()` once the flow has started, `beat()` for each of its vitals, `failed()` when it ends unasked (or was ended because
 * it hung), wait as that says, `starting()` again. An end that `restart()` or a stop asked for is no failure: `ended()`.
 */
export interface Rollout {
  /** What to start now; none while there is no bundle. The start of a new bundle is counted on disk before this resolves. */
  starting(): Promise<Start | undefined>;
  /** The flow has started. */
  up(): Promise<void>;
  /** Its vitals, once a second. */
  beat(vitals: Vitals): void;
  /** @returns how long to wait before `starting()` is asked again, ms */
  failed(failure: FlowFailure): Promise<number>;
  /** It ended because it was asked to: a new bundle has as many starts left as before. */
  ended(): Promise<void>;

  /** Begins a deploy, or goes on with the same one. @throws what is wrong with the release, DEPLOY_BUSY, DEPLOY_NO_ROOM */
  offer(offer: DeployOffer): Promise<DeployAnswer>;
  /** A piece of a missing file. @throws DEPLOY_NOT_OFFERED, DEPLOY_PART_WRONG */
  receive(part: DeployPart): Promise<void>;
  /** Everything is there; what comes of it is told by status and events. @throws DEPLOY_NOT_OFFERED, DEPLOY_INCOMPLETE */
  install(): Promise<void>;
  /** Lets go of what was offered and is not installed yet; what has come stays for the next offer. */
  withdraw(): Promise<void>;
  /** As `install`, with a bundle file, as from a USB stick. @throws what is wrong with the bundle, DEPLOY_BUSY */
  take(file: string): Promise<ReleaseFacts>;
  /** To the last good bundle. @throws NOTHING_TO_GO_BACK_TO, DEPLOY_BUSY */
  rollBack(): Promise<void>;

  status(): RolloutStatus;
  onStatus(listener: (status: RolloutStatus) => void): () => void;
  /** Resolves when no deploy is being put together or tested, and what the last vitals have set off is done. */
  settled(): Promise<void>;
  /** Ends what is under way; what is on disk stays as it is. */
  close(): Promise<void>;
}
