/** Keeps the flow's process up: asks the rollout what to start, starts it, tells the rollout how that went, and begins anew. */
import { asMillraceError, type Clock, toPlainError } from '../../base/index.ts';
import type { BoardProfile, GatewayProblem, GatewayStatus, ReleaseFacts, Vitals } from '../../messages/index.ts';
import type { FlowFailure, FlowProcess, Rollout, Start } from '../deploy/types.ts';
import { errors } from './errors.ts';
import type { ProcessEvents } from './process-events.ts';
import type { FlowProcessOptions, RunningFlow } from './flow-process.ts';

export interface SupervisorOptions {
  readonly rollout: Pick<Rollout, 'starting' | 'up' | 'beat' | 'failed' | 'ended'>;
  /** Starts what the rollout has chosen. */
  readonly start: (start: Start, hooks: Pick<FlowProcessOptions, 'onReady' | 'onVitals'>) => Promise<RunningFlow>;
  readonly clock: Clock;
  readonly say: (text: string) => void;
  readonly events: ProcessEvents;
  /** Something other than the vitals has changed. */
  readonly onChange: () => void;
  readonly onVitals: () => void;
}

/** The part of a status that the supervisor knows. */
export type ProcessStatus = Pick<GatewayStatus, 'process' | 'restarts' | 'nextStart' | 'vitals' | 'problem'>;

export interface Supervisor extends FlowProcess {
  /** Begins; what it does from then on is told by `status`. */
  begin(): void;
  status(): ProcessStatus;
  /** @throws FLOW_NOT_UP */
  metrics(): Promise<string>;
  /** Of the real boards that the flow uses and that are connected. @throws FLOW_NOT_UP */
  boards(): Promise<readonly BoardProfile[]>;
  /** Lets the flow end in order, and starts nothing any more. */
  stop(): Promise<void>;
}

/** A flow that has been up for so long (ms) has held. */
const HELD = 10 * 60_000;
/** A process that ends as if it had been asked to may have heard a signal for all of them just before the supervisor does. */
const SAME_SIGNAL = 300;
/** After trouble of the supervisor's own, such as a full disk, ms. */
const TROUBLE = 10_000;

export function createSupervisor(options: SupervisorOptions): Supervisor {
  const { rollout, start, clock, say, events, onChange } = options;
  let status: ProcessStatus = { process: 'stopped', restarts: 0 };
  let run: RunningFlow | undefined;
  let upSince: number | undefined;
  /** What `restarts` and `problem` are about. */
  let of: ReleaseFacts | undefined;
  let stopping = false;
  /** What is to run has changed since it was last asked for. */
  let changed = false;
  let wake: () => void = () => undefined;
  let loop: Promise<void> = Promise.resolve();

  const up = (): RunningFlow => {
    if (!run || status.process !== 'running') throw errors.FLOW_NOT_UP({ process: status.process });
    return run;
  };
  const set = (change: Partial<ProcessStatus>, gone: readonly (keyof ProcessStatus)[] = []) => {
    const next = { ...status, ...change };
    for (const key of gone) delete next[key];
    status = next;
    onChange();
  };
  /** Waits `delay` ms, or until there is a reason to go on. */
  const rest = async (delay?: number) => {
    if (stopping || changed) return;
    const woken = new Promise<void>((resolve) => (wake = resolve));
    const timer = delay === undefined ? undefined : clock.after(delay, () => wake());
    await woken;
    timer?.cancel();
  };
  const nudge = () => {
    changed = true;
    wake();
    void run?.end();
  };

  const onVitals = (vitals: Vitals) => {
    rollout.beat(vitals);
    status = { ...status, vitals };
    if ((status.restarts > 0 || status.problem) && upSince !== undefined && clock.monotonic() - upSince > HELD) {
      set({ restarts: 0 }, ['problem']);
    }
    options.onVitals();
  };
  const onReady = ({ release }: Start) => {
    events.up(release);
    upSince = clock.monotonic();
    set({ process: 'running' });
    rollout.up().catch((error: unknown) => trouble(error));
  };
  const trouble = (thrown: unknown): GatewayProblem => {
    const problem = toPlainError(thrown);
    say(asMillraceError(thrown).toString());
    set({ problem });
    return problem;
  };

  /** One start of the flow, to its end. @returns why it ended, if nobody had asked for it */
  const once = async (what: Start): Promise<FlowFailure | undefined> => {
    upSince = undefined;
    say(`starting ${what.release.name} ${what.release.version} from slot ${what.slot}`);
    set({ process: 'starting' }, ['nextStart', 'vitals']);
    try {
      run = await start(what, { onReady: () => onReady(what), onVitals });
    } catch (error) {
      const problem = trouble(error);
      return { kind: 'crashed', text: problem.message, problem };
    }
    if (stopping || changed) void run.end();
    const failure = await run.ended;
    run = undefined;
    if (failure) await clock.sleep(SAME_SIGNAL);
    if (!stopping && !changed) return failure;
    await rollout.ended();
    return undefined;
  };

  const turn = async (): Promise<void> => {
    changed = false;
    const what = await rollout.starting();
    if (!what) {
      set({ process: 'stopped' }, ['nextStart', 'vitals']);
      return await rest();
    }
    const { digest, version } = what.release;
    // What was the matter with another bundle is told by the rollout, if it is the reason for this one.
    if (of && (of.digest !== digest || of.version !== version)) set({ restarts: 0 }, ['problem']);
    of = what.release;
    const failure = await once(what);
    if (!failure) return;
    events.failed(failure, what.release, status.restarts + 1);
    const wait = await rollout.failed(failure);
    set(
      {
        ...{ process: 'waiting', restarts: status.restarts + 1, nextStart: clock.now() + wait },
        ...(failure.problem && { problem: failure.problem }),
      },
      ['vitals'],
    );
    await rest(wait);
  };

  const circle = async () => {
    while (!stopping) {
      await turn().catch(async (error: unknown) => {
        trouble(error);
        await rest(TROUBLE);
      });
    }
    set({ process: 'stopped' }, ['nextStart', 'vitals']);
  };

  return {
    begin: () => void (loop = circle()),
    status: () => status,
    restart: nudge,
    metrics: async () => await up().metrics(),
    boards: async () => await up().boards(),
    async stop() {
      stopping = true;
      wake();
      await run?.end();
      await loop;
    },
  };
}
