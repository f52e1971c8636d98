/** The recordings of the gateway, as this page knows them: asked for again and again while one runs. */
import {
  type RecordingRow,
  recordingsAnswer,
  type RecordRequest,
  runningRecording,
  type RunningRecording,
} from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { attempts, following } from '../attempts.ts';
import type { Trouble } from '../notice.tsx';

export interface RecordingsState {
  /** The gateway has answered once. */
  readonly loaded: boolean;
  readonly running: readonly RunningRecording[];
  /** Newest first. */
  readonly recordings: readonly RecordingRow[];
  /** The one that ended while the page looked on. */
  readonly fresh?: string;
  readonly trouble?: Trouble;
}

export interface Recordings {
  readonly state: Observed<RecordingsState>;
  refresh(): Promise<void>;
  /** @returns the recording, if it could be begun */
  record(request: RecordRequest): Promise<RunningRecording | undefined>;
  stop(id: string): Promise<void>;
  remove(name: string): Promise<void>;
}

/** While something is recorded its numbers are shown as they grow. */
const EVERY = 1_000;

/** @param ask   asks the gateway
 *  @param after waits so many ms */
export function createRecordings(ask: AskGateway, after: (ms: number) => Promise<void>): Recordings {
  const state = observed<RecordingsState>({ loaded: false, running: [], recordings: [] });

  const attempt = attempts(state);
  const take = async () => {
    const { running, recordings } = recordingsAnswer.parse(await ask('recordings'));
    const still = new Set(running.map(({ recording }) => recording));
    const ended = state.value.running.find(({ recording }) => !still.has(recording));
    const fresh = ended?.recording ?? state.value.fresh;
    state.set({ ...state.value, loaded: true, running, recordings, ...(fresh !== undefined && { fresh }) });
  };
  /** Until nothing runs any more. */
  const follow = following(
    () => state.value.running.length > 0,
    async () => {
      await after(EVERY);
      await attempt(take);
    },
  );
  const refresh = async () => {
    await attempt(take);
    void follow();
  };

  return {
    state,
    refresh,
    async record(request) {
      let begun: RunningRecording | undefined;
      await attempt(async () => void (begun = runningRecording.parse(await ask('recordings', request))));
      if (!begun) return undefined;
      const { fresh: _older, ...rest } = state.value;
      state.set({ ...rest, running: [...rest.running, begun] });
      void follow();
      return begun;
    },
    async stop(id) {
      await attempt(async () => {
        await ask('recordings/stop', { id });
        await take();
      });
    },
    async remove(name) {
      await attempt(async () => {
        await ask('recordings/remove', { name });
        await take();
      });
    },
  };
}
