/** What the part "Drift" of the sidebar and the live card say; the sentences about a stream come from the gateway. */
import type { DriftKind, DriftPerformance, DriftSpan, DriftView } from '../../runtime/messages/index.ts';
import { percent } from './numbers.ts';

export const DRIFT_WORDS = {
  part: 'Drift',
  drifting: 'something has drifted',
  loading: 'Loading …',
  none: 'Nothing is watched yet',
  noneHint:
    'Wire a “drift” node behind “infer” or “features” and press Deploy. It says when the data no longer look as they did when the model was trained.',
  list: 'Watched streams',
  states: { learning: 'learning', calm: 'no drift', drifting: 'drift', fault: 'broken sensor' },
  compared: (when: string) => `last compared ${when}`,
  gone: 'This node is in no flow of this editor any more; what you see is what was kept of it.',
  features: 'Reference and now',
  legend: 'Grey: the reference. Line: now. 1× is the alarm. Press one to see its course.',
  over: (times: string) => `${times} its threshold`,
  more: (hidden: number) => `${hidden} more`,
  course: (name: string) => `${name} over time`,
  band: 'In the grey band, below the dashed threshold, all is as usual. ▼ marks an alarm.',
  span: 'How far back',
  spans: { hour: 'hour', day: 'day', week: 'week', all: 'all' } satisfies Record<DriftSpan, string>,
  events: 'What has happened',
  noEvents: 'No alarm in this time.',
  steps: { start: 'began', change: 'spread', end: 'ended' },
  promise: 'How often it may be wrong',
  performance: 'How right the model is',
  leftOut: 'Not watched',
  counts: 'Seen and left out',
  report: 'Open the report',
  relearn: 'This is the new normal',
  reallyRelearn:
    'Learn the reference anew from what comes in now? Until that is done nothing is compared, and what was normal before is forgotten.',
  doRelearn: 'Learn anew',
  keep: 'Keep',
  relearning: 'It learns its reference anew.',
  open: 'Open Drift',
} as const;

/** What is asked, where it is not the data themselves. */
export const KIND_WORDS: Readonly<Record<DriftKind, string>> = {
  data: '',
  prediction: 'answers',
  performance: 'how right',
  fault: 'sensor',
};

/** `91 % right (88 % by its own estimate)` */
export function rightWords({ measured, estimated }: DriftPerformance): string | undefined {
  if (measured !== undefined && estimated !== undefined)
    return `${percent(measured)} right (${percent(estimated)} by its own estimate)`;
  if (measured !== undefined) return `${percent(measured)} right`;
  return estimated === undefined ? undefined : `about ${percent(estimated)} right, by its own estimate`;
}

/** Broken sensors of a view, in words. */
export const faultsOf = ({ features }: Pick<DriftView, 'features'>): string[] =>
  features
    .filter(({ kind, drifting }) => kind === 'fault' && drifting)
    .map(({ name, statistic, words }) => words ?? (name === '' ? statistic : `${name}: ${statistic}`));
