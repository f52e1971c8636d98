import { asMillraceError, type PlainError } from '../base/index.ts';
import type { ModelIdentity, PredictionPayload } from '../messages/index.ts';
import type { Prediction, Predictor } from './predictor.ts';

/** How a candidate does beside the model in use, on the same questions. */
export interface ShadowSummary {
  readonly model: ModelIdentity;
  /** Questions that both answered. */
  readonly compared: number;
  /** The same label, or values closer than a hundredth of their spread. */
  readonly agreed: number;
  /** Questions that the candidate failed at, or had no time for. */
  readonly failed: number;
  /** Why it failed last. */
  readonly problem?: PlainError;
  /** Mean confidence of both, of a classification. */
  readonly confidence?: { readonly production: number; readonly candidate: number };
  /** Mean absolute difference, of values. */
  readonly difference?: number;
  /** Mean time for an answer. */
  readonly latencyMs: { readonly production: number; readonly candidate: number };
}

/** Asks a candidate what another model was asked, and compares; only the other's answer goes on. */
export interface Shadow {
  /** Returns at once: the candidate must not hold up what goes on. */
  compare(input: unknown, production: Prediction): void;
  readonly summary: ShadowSummary;
  close(): Promise<void>;
}

/** @param predictor the candidate, opened so that it drops what it has no time for */
export function createShadow(predictor: Predictor): Shadow {
  const sums = { compared: 0, agreed: 0, failed: 0, production: 0, candidate: 0, difference: 0 };
  const latency = { production: 0, candidate: 0 };
  const spread = { least: Infinity, most: -Infinity };
  let confident = 0;
  let numbers = 0;
  let problem: PlainError | undefined;

  const fail = (thrown: unknown) => {
    sums.failed++;
    if (thrown === undefined) return;
    const { code, message, hint, title } = asMillraceError(thrown);
    problem = { code, message, hint, title };
  };

  const compareOne = (own: PredictionPayload, other: PredictionPayload) => {
    sums.compared++;
    if ('label' in own && 'label' in other) {
      confident++;
      sums.production += own.confidence;
      sums.candidate += other.confidence;
      if (own.label === other.label) sums.agreed++;
      return;
    }
    const [left, right] = [numberOf(own), numberOf(other)];
    if (left === undefined || right === undefined) return;
    numbers++;
    spread.least = Math.min(spread.least, left);
    spread.most = Math.max(spread.most, left);
    const difference = Math.abs(left - right);
    sums.difference += difference;
    if (difference <= (spread.most - spread.least) / 100 || left === right) sums.agreed++;
  };

  const take = (production: Prediction, answer: Prediction | undefined) => {
    if (!answer) return fail(undefined);
    latency.production += production.latencyMs;
    latency.candidate += answer.latencyMs;
    const [own, other] = [listOf(production.payload), listOf(answer.payload)];
    own.forEach((payload, i) => {
      const beside = other[i];
      if (beside) compareOne(payload, beside);
    });
  };

  return {
    compare(input, production) {
      try {
        const answer = predictor.ask(input);
        if (answer instanceof Promise) void answer.then((made) => take(production, made), fail);
        else take(production, answer);
      } catch (thrown) {
        fail(thrown);
      }
    },
    get summary() {
      const count = Math.max(1, sums.compared);
      return {
        model: predictor.model,
        compared: sums.compared,
        agreed: sums.agreed,
        failed: sums.failed,
        latencyMs: { production: latency.production / count, candidate: latency.candidate / count },
        ...(problem && { problem }),
        ...(confident > 0 && {
          confidence: { production: sums.production / confident, candidate: sums.candidate / confident },
        }),
        ...(numbers > 0 && { difference: sums.difference / numbers }),
      };
    },
    close: () => predictor.close(),
  };
}

const listOf = (payload: Prediction['payload']): readonly PredictionPayload[] =>
  Array.isArray(payload) ? (payload as readonly PredictionPayload[]) : [payload as PredictionPayload];

function numberOf(payload: PredictionPayload): number | undefined {
  if ('value' in payload) return payload.value;
  return 'score' in payload ? payload.score : undefined;
}
