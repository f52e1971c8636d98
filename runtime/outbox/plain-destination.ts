import { toPlainError } from '../base/index.ts';
import type { DepthPoint, DestinationState, PlainDestination } from './contract.ts';

/** A state as plain data: what is not there is left out. */
export function plainDestination(state: DestinationState, course: readonly DepthPoint[]): PlainDestination {
  const { id, address = '', kind = '', problem, problemSince: since, holding, acknowledgedAt, retryAt } = state;
  const { served, connected, paused, depth, bytes, oldestMs, sent, rate, dead, failures, circuit, lanes, dropped } =
    state;
  return {
    ...{ id, address, kind, served, connected, paused, depth, bytes, oldestMs, sent, rate, dead, failures, circuit },
    lanes: [...lanes],
    dropped: [...dropped],
    course: course.map(({ time, depth: waiting }) => [time, waiting]),
    ...(problem && { problem: { ...toPlainError(problem), ...(since !== undefined && { since }) } }),
    ...(holding && {
      holding: { reason: holding.reason, ...(holding.until !== undefined && { until: holding.until }) },
    }),
    ...(acknowledgedAt !== undefined && { acknowledgedAt }),
    ...(retryAt !== undefined && { retryAt }),
  };
}
