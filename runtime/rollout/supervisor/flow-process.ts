/** One run of the flow's process: started, listened to, watched, ended. */
import type { Clock, MillraceError } from '../../base/index.ts';
import { toPlainError } from '../../base/index.ts';
import {
  type BoardProfile,
  flowMessage,
  type FlowMessage,
  type FlowRequest,
  type Vitals,
} from '../../messages/index.ts';
import { heapOptions, startProcess } from '../../workers/index.ts';
import type { FlowFailure } from '../deploy/types.ts';
import { errors } from './errors.ts';
import { failureOf } from './failure-of.ts';
import { limits } from './limits.ts';
import { residentMemory } from './resident-memory.ts';

export interface FlowProcessOptions {
  /** How `millrace` is started: Node.js, its options, the script. */
  readonly command: readonly [string, ...string[]];
  /** Behind it: `run DIRECTORY --supervised …` */
  readonly args: readonly string[];
  /** Bytes resident that it may take; it ends itself before, in order. */
  readonly ceiling: number;
  /** Where Node.js keeps what it has compiled, for the next start. */
  readonly compiled: string;
  readonly clock: Clock;
  readonly onLine: (line: string) => void;
  readonly onReady: () => void;
  readonly onVitals: (vitals: Vitals) => void;
}

export interface RunningFlow {
  readonly pid: number;
  /** Resolves when the process is gone: with why, where nobody had asked for it. */
  readonly ended: Promise<FlowFailure | undefined>;
  /** Prometheus text. @throws FLOW_NOT_UP */
  metrics(): Promise<string>;
  /** What the real boards that are connected have said of themselves. @throws FLOW_NOT_UP */
  boards(): Promise<readonly BoardProfile[]>;
  /** Lets it finish what it has in hand, and ends it by force after the limit `gateway_drain_ms`. */
  end(): Promise<void>;
}

/** How often a process is looked at, and how long one that hangs has at most to end when it is asked to, ms. */
const [LOOK, LAST_CHANCE] = [1_000, 5_000];
const ANSWER_PATIENCE = 10_000;

/** What it says because it was asked. */
type Answer = Extract<FlowMessage, { type: FlowRequest['type'] }>;

/**
 * glibc keeps memory apart for each thread, and gives little of it back: with one heap for all a flow needs 12 MB less. What
 * JavaScript makes lies elsewhere, so its threads seldom wait for each other.
 *
 * It also learns to keep what was large once, so that the tables of one calibration leave holes for the next: what has 32 KB or
 * more is mapped for itself and given back when it is over. Of a pump that has learnt for 48 minutes that is 10 MB.
 *
 * @see https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
const MALLOC = { MALLOC_ARENA_MAX: '1', MALLOC_MMAP_THRESHOLD_: '32768', MALLOC_TRIM_THRESHOLD_: '65536' };
/**
 * What the process of a flow gets beside the supervisor's own environment.
 *
 * @param compiled where Node.js keeps what it has compiled
 */
export const flowEnvironment = (compiled: string): Readonly<Record<string, string>> => ({
  ...Object.fromEntries(Object.entries(MALLOC).map(([name, value]) => [name, process.env[name] ?? value])),
  NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'] ?? compiled,
});

/** @throws PROCESS_NOT_STARTED */
export async function startFlowProcess(options: FlowProcessOptions): Promise<RunningFlow> {
  const { command, args, ceiling, compiled, clock, onLine, onReady, onVitals } = options;
  let heard = clock.monotonic();
  let ready = false;
  let doing = '';
  let last: Extract<FlowMessage, { type: 'ending' }> | undefined;
  let asked = false;
  let verdict: { readonly kind: FlowFailure['kind']; readonly error: MillraceError } | undefined;
  /** What it was asked and has not answered; each lets go of itself. */
  const asks = new Map<number, { answered(answer: Answer): void; refuse(): void }>();
  let requests = 0;
  let gone = false;

  const hear = (message: unknown) => {
    const parsed = flowMessage.safeParse(message);
    if (!parsed.success) return;
    heard = clock.monotonic();
    const said = parsed.data;
    if (said.type === 'starting') doing = said.what;
    else if (said.type === 'ending') last = said;
    else if (said.type === 'metrics' || said.type === 'boards') asks.get(said.id)?.answered(said);
    else if (said.type === 'vitals') onVitals(said.vitals);
    else if (!ready) {
      ready = true;
      doing = '';
      onReady();
    }
  };

  const [node, ...script] = command;
  const child = await startProcess({
    ...{ name: 'the flow', command: node, group: true },
    args: [...heapOptions(ceiling), ...script, ...args],
    env: flowEnvironment(compiled),
    onMessage: hear,
    onLine,
    onErrorLine: onLine,
  });
  const { pid = 0 } = child;

  const judge = (kind: FlowFailure['kind'], error: MillraceError) => {
    if (asked || verdict) return;
    verdict = { kind, error };
    void child.end(Math.min(LAST_CHANCE, limits.drain.value));
  };
  let above = 0;
  let looked = clock.monotonic();
  const watch = clock.every(LOOK, () => {
    const now = clock.monotonic();
    // What was said while this process itself stood still has not been heard yet.
    heard += Math.max(0, now - looked - LOOK);
    looked = now;
    const silent = now - heard;
    if (silent > (ready ? limits.silence : limits.startSilence).value) {
      judge('hung', errors.FLOW_HUNG({ seconds: Math.round(silent / 1000), doing }));
    }
    const resident = residentMemory(pid) ?? 0;
    above = resident > ceiling ? above + 1 : 0;
    // A process that is at it already has its chance to end in order.
    if (above < 3 || last) return;
    judge('out-of-memory', errors.FLOW_OUT_OF_MEMORY({ used: megabytes(resident), ceiling: megabytes(ceiling) }));
  });

  const ended = child.ended.then((end) => {
    watch.cancel();
    gone = true;
    for (const { refuse } of [...asks.values()]) refuse();
    if (asked) return undefined;
    if (verdict) return { kind: verdict.kind, text: verdict.error.message, problem: toPlainError(verdict.error) };
    return failureOf(end, last, ceiling);
  });

  const ask = <T extends Answer['type']>(type: T): Promise<Answer & { type: T }> => {
    const id = ++requests;
    return new Promise((resolve, reject) => {
      const settle = () => {
        timer.cancel();
        asks.delete(id);
      };
      const refuse = () => {
        settle();
        reject(errors.FLOW_NOT_UP({ process: ready ? 'ending' : 'starting' }));
      };
      const timer = clock.after(ANSWER_PATIENCE, refuse);
      asks.set(id, {
        refuse,
        answered(answer) {
          settle();
          resolve(answer as Answer & { type: T });
        },
      });
      if (gone) return refuse();
      const request: FlowRequest = { type, id };
      child.send(request);
    });
  };

  return {
    pid,
    ended,
    metrics: async () => (await ask('metrics')).text,
    boards: async () => (await ask('boards')).boards,
    async end() {
      asked = verdict === undefined;
      await child.end(limits.drain.value);
    },
  };
}

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
