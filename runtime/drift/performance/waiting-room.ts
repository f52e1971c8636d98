import type { TruthLabel } from '../../messages/index.ts';
import type { Answer } from './answer.ts';
import { waitingAnswers } from './limits.ts';

/** Answers and truths that wait for each other, by the message's id. */
export interface WaitingRoom {
  /** @returns the truth that came before its answer */
  answer(id: string, answer: Answer): TruthLabel | undefined;
  /** @returns the answer that it belongs to */
  truth(id: string, truth: TruthLabel): Answer | undefined;
  /** How many were forgotten because the room was full. */
  readonly forgotten: number;
  save(): WaitingState;
}

export interface WaitingState {
  readonly answers: readonly (readonly [string, Answer])[];
  readonly truths: readonly (readonly [string, TruthLabel])[];
  readonly forgotten: number;
}

/** Of bounded size: the oldest is forgotten. */
export function createWaitingRoom(saved?: WaitingState): WaitingRoom {
  const answers = new Map<string, Answer>(saved?.answers);
  const truths = new Map<string, TruthLabel>(saved?.truths);
  let forgotten = saved?.forgotten ?? 0;

  const keep = <T>(held: Map<string, T>, id: string, value: T) => {
    // Behind all others again.
    held.delete(id);
    held.set(id, value);
    if (held.size <= waitingAnswers.value) return;
    held.delete(held.keys().next().value as string);
    forgotten++;
    waitingAnswers.cost();
  };
  const take = <T>(held: Map<string, T>, id: string): T | undefined => {
    const found = held.get(id);
    held.delete(id);
    return found;
  };

  return {
    answer(id, answer) {
      const truth = take(truths, id);
      if (truth === undefined) keep(answers, id, answer);
      return truth;
    },
    truth(id, truth) {
      const answer = take(answers, id);
      if (answer === undefined) keep(truths, id, truth);
      return answer;
    },
    get forgotten() {
      return forgotten;
    },
    save: () => ({ answers: [...answers], truths: [...truths], forgotten }),
  };
}
