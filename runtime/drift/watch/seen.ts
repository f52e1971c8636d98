import type { MillraceError } from '../../base/index.ts';
import type { DriftPayload } from '../../messages/index.ts';
import type { HistoryPoint } from '../history/types.ts';
import { measured } from './metrics.ts';
import type { Answer } from './question.ts';
import type { UnusualFound } from './unusual.ts';

/** What a message, or a silence, has brought about. */
export interface Seen {
  readonly evaluated: boolean;
  readonly events: readonly DriftPayload[];
  /** Of the evaluations, in order. */
  readonly points: readonly HistoryPoint[];
  readonly unusual?: UnusualFound;
  /** What of the message could not be taken: the first of several. The rest of it was. */
  readonly error?: MillraceError;
  /** When the newest of it was measured, by a clock that is put right where it jumps. */
  readonly time?: number;
}

export const NOTHING: Seen = { evaluated: false, events: [], points: [] };

/** What answers of one moment have brought about; it is counted. */
export function seenOf(answers: readonly Answer[], time: number): Seen {
  if (answers.length === 0) return NOTHING;
  const events = answers.flatMap(({ event }) => event ?? []);
  const features = answers.flatMap((answer) => answer.features);
  for (const event of events) measured.event(event);
  measured.evaluation();
  return { evaluated: true, events, points: features.length === 0 ? [] : [{ time, features }] };
}

/** Several of one message as one. Points of one moment are told apart by the keeper. */
export function joined(seen: readonly Seen[]): Seen {
  const said = seen.filter((each) => each !== NOTHING);
  if (said.length < 2) return said[0] ?? NOTHING;
  const far = said.findLast(({ unusual }) => unusual)?.unusual;
  return {
    evaluated: said.some(({ evaluated }) => evaluated),
    events: said.flatMap(({ events }) => events),
    points: said.flatMap(({ points }) => points),
    ...(far && { unusual: far }),
  };
}
