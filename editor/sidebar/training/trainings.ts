/** The trainings of the gateway, as this page knows them: asked for again and again while one runs. */
import {
  type EvaluateRequest,
  evaluationReport,
  type EvaluationReport,
  trainersAnswer,
  type TrainerRow,
  trainingsAnswer,
  trainingState,
  type TrainingState,
  type TrainRequest,
} from '../../../runtime/messages/index.ts';
import type { AskGateway } from '../../gateway.ts';
import { type Observed, observed } from '../../live/observed.ts';
import { attempts, following } from '../attempts.ts';
import type { Trouble } from '../notice.tsx';

export interface TrainingsState {
  /** The gateway has answered once. */
  readonly loaded: boolean;
  /** Newest first. */
  readonly trainings: readonly TrainingState[];
  readonly trainers: readonly TrainerRow[];
  /** The one that ended last while the page looked on. */
  readonly fresh?: string;
  readonly trouble?: Trouble;
}

export interface Trainings {
  readonly state: Observed<TrainingsState>;
  refresh(): Promise<void>;
  /** @returns whether it could be begun; if not, `trouble` says why */
  train(request: TrainRequest): Promise<boolean>;
  cancel(id: string): Promise<void>;
  /** @throws {Refused} */
  evaluate(request: EvaluateRequest): Promise<EvaluationReport>;
}

export const isUnderWay = ({ state }: TrainingState): boolean => state === 'running' || state === 'waiting';

/** While one runs its progress is asked for so often, ms. */
const EVERY = 500;

/**
 * @param ask   asks the gateway
 * @param after waits so many ms
 * @param ended called when one has ended: there may be another version of a model
 */
export function createTrainings(
  ask: AskGateway,
  after: (ms: number) => Promise<void>,
  ended: () => void = () => undefined,
): Trainings {
  const state = observed<TrainingsState>({ loaded: false, trainings: [], trainers: [] });

  const attempt = attempts(state);
  const take = async () => {
    const { trainings } = trainingsAnswer.parse(await ask('training'));
    const before = new Set(state.value.trainings.filter(isUnderWay).map(({ id }) => id));
    const done = trainings.find((one) => before.has(one.id) && !isUnderWay(one));
    const fresh = done?.id ?? state.value.fresh;
    state.set({ ...state.value, loaded: true, trainings, ...(fresh !== undefined && { fresh }) });
    if (done) ended();
  };
  const takeTrainers = async () => {
    if (state.value.trainers.length > 0) return;
    const { trainers } = trainersAnswer.parse(await ask('training/trainers'));
    state.set({ ...state.value, trainers });
  };
  /** Until nothing runs any more. */
  const follow = following(
    () => state.value.trainings.some(isUnderWay),
    async () => {
      await after(EVERY);
      if (!(await attempt(take))) await after(4 * EVERY);
    },
  );

  return {
    state,
    async refresh() {
      await attempt(async () => {
        await take();
        await takeTrainers();
      });
      void follow();
    },
    async train(request) {
      const begun = await attempt(async () => {
        const training = trainingState.parse(await ask('training/train', request));
        const { fresh: _older, ...rest } = state.value;
        state.set({ ...rest, trainings: [training, ...rest.trainings.filter(({ id }) => id !== training.id)] });
      });
      void follow();
      return begun;
    },
    async cancel(id) {
      await attempt(async () => {
        await ask('training/cancel', { id });
        await take();
      });
    },
    evaluate: async (request) => evaluationReport.parse(await ask('training/evaluate', request)),
  };
}
