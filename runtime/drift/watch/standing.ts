/** How all questions about one stream stand, taken together. */
import type { DriftFeature, DriftPicture } from '../../messages/index.ts';
import type { DriftSummary } from '../types.ts';
import type { Answers } from './answers.ts';
import { ofKind, pictureOf, type Question } from './question.ts';
import { together } from './tally.ts';

/** The questions of one stream. */
export interface Standing {
  /** That of the data first. */
  readonly questions: readonly Question[];
  readonly answers: Answers | undefined;
  /** Sensors that are broken. */
  readonly faults: readonly DriftFeature[];
  /** How it stands where nothing is compared: that no sensor is known to be broken. */
  readonly alone: Pick<DriftSummary, 'state' | 'since' | 'samples' | 'window'>;
}

/** Without what can only be told where the stream is known: its node, its model and its clock. */
export type StreamPicture = Omit<DriftPicture, 'format' | 'node' | 'name' | 'time' | 'model'>;

/** @param counts of what was seen and not compared, beside what the questions have counted */
export function streamPictureOf(standing: Standing, counts: DriftPicture['counts']): StreamPicture {
  const { questions, answers, faults } = standing;
  const pictures = questions.map(pictureOf);
  const { state, since, samples, window } = summaryOf(standing);
  const compared = [...pictures.flatMap(({ features }) => features), ...(answers?.performance?.features ?? [])];
  const performance = answers?.performance?.figures;
  return {
    ...{ state, since, samples, window },
    features: [...faults, ...compared.sort((a, b) => b.value / b.threshold - a.value / a.threshold)],
    ...(pictures[0]?.promise && { promise: pictures[0].promise }),
    leftOut: pictures.flatMap(({ leftOut }) => leftOut),
    counts: together(
      counts,
      // The rows have counted them already.
      ...pictures.map((picture) => picture.counts.filter(({ what }) => what !== 'times that went back')),
      answers?.counts ?? [],
    ),
    ...(performance && { performance }),
  };
}

export function summaryOf({ questions, answers, faults, alone }: Standing): DriftSummary {
  const summaries = questions.map(({ kind, monitor }) => ({ kind, ...monitor.summary }));
  const performance = answers?.performance;
  const bad = performance?.features.filter(({ drifting }) => drifting) ?? [];
  // The data say how it stands; where there are none, the answers.
  const [first = alone] = summaries;
  const begun = [
    ...summaries.filter(({ state }) => state === 'drifting').map(({ since }) => since),
    ...bad.flatMap(({ since }) => since ?? []),
  ];
  const drifting = begun.length > 0 || bad.length > 0;
  const leftOut = summaries.flatMap((summary) => summary.leftOut ?? []);
  const promise = summaries[0]?.promise;
  const figures = performance?.figures;
  return {
    state: drifting ? 'drifting' : first.state,
    since: begun.length > 0 ? Math.min(...begun) : first.since,
    ...{ samples: first.samples, window: first.window },
    features: [
      ...faults.map(({ shape: _, ...feature }) => feature),
      ...summaries.flatMap((summary) => ofKind(summary.kind, summary)),
      ...(performance?.features ?? []).map(({ shape: _, ...feature }) => feature),
    ],
    ...(promise !== undefined && { promise }),
    ...(figures && { performance: figures }),
    ...(leftOut.length > 0 && { leftOut }),
  };
}
