import type { DriftFeature, DriftKind, DriftPayload } from '../../messages/index.ts';
import type { DriftSummary, Monitor, MonitorPicture, Observation } from '../types.ts';

/** One of the questions that a monitor answers: of the data, or of what the model makes of them. */
export interface Question {
  readonly kind: DriftKind;
  readonly monitor: Monitor;
}

/** What has led to an evaluation: the features that were looked at, and what left the node. */
export interface Answer {
  readonly features: readonly DriftFeature[];
  readonly event?: DriftPayload;
}

export const ofKind = (kind: DriftKind, { features }: Pick<DriftSummary, 'features'>): DriftFeature[] =>
  features.map((feature) => ({ ...feature, kind }));

/** An observation of a monitor as the answer to its question. */
export const answerTo = (kind: DriftKind, { summary, event }: Observation): Answer => ({
  features: ofKind(kind, summary),
  ...(event && { event: worded({ ...event, kind }) }),
});

/** The end of a drift that is on, because it is not asked any further. */
export function endOf({ kind, monitor }: Question): DriftPayload | undefined {
  const { state, since, samples, features } = monitor.summary;
  if (state !== 'drifting') return undefined;
  const calm = features.map((feature) => ({ ...feature, drifting: false }));
  return worded({ kind, state: 'end', since, features: calm.map(plain), samples });
}

/** Beside the kind of the message that of each feature says nothing. */
export const plain = <F extends { readonly kind?: unknown; readonly shape?: unknown }>(feature: F) => {
  const { kind: _, shape: __, ...rest } = feature;
  return rest;
};

export function pictureOf({ kind, monitor }: Question): MonitorPicture {
  const picture = monitor.picture();
  return { ...picture, features: picture.features.map((feature) => ({ ...feature, kind })) };
}

/** Whose answers they are, where it is not the data. */
const WHAT: Record<DriftKind, string> = {
  data: '',
  prediction: 'what the model answers: ',
  performance: '',
  fault: '',
};

/** With a sentence for a person, where the monitor has none. */
function worded(payload: DriftPayload): DriftPayload {
  if (payload.words !== undefined) {
    return { ...payload, words: `${WHAT[payload.kind]}${payload.words}` };
  }
  const drifting = payload.features.filter((feature) => feature.drifting);
  const said = drifting.map(({ name, words }) => words ?? `${name} has drifted`).join('; ');
  const words = payload.state === 'end' ? 'all is as in the reference again' : said;
  return { ...payload, words: `${WHAT[payload.kind]}${words}` };
}
