import type { DriftSummary } from '../../runtime/drift/index.ts';
import { ALL_TOGETHER, type DriftPicture } from '../../runtime/messages/index.ts';
import type { StatusLook } from '../../runtime/node-red/index.ts';

type Stand = Pick<DriftSummary, 'state' | 'samples' | 'window' | 'features'>;

/** The status that says how it stands: its look, a key of locale.json and what it needs. */
export function wordsFor({
  state,
  samples,
  window,
  features,
}: Stand): [look: StatusLook, key: string, values?: Record<string, string | number>] {
  const [broken] = features.filter(({ kind }) => kind === 'fault');
  if (broken)
    return ['warning', 'fault', { fault: broken.statistic, feature: shortened(broken.name, broken.statistic) }];
  if (state === 'learning') return ['waiting', 'learning', { samples, window }];
  if (state === 'calm') return ['ok', 'calm'];
  const all = features.filter((feature) => feature.drifting);
  // What a single feature says is said of it.
  const single = all.filter(({ name }) => name !== ALL_TOGETHER);
  const drifting = single.length > 0 ? single : all;
  const [first] = drifting;
  if (!first) return ['warning', 'some'];
  const most = drifting.reduce((a, b) => (b.value / b.threshold > a.value / a.threshold ? b : a), first);
  const key = most.kind === 'prediction' || most.kind === 'performance' ? most.kind : 'drifting';
  return ['warning', key, { feature: shortened(most.name, key === 'drifting' ? 'drift' : 'answers') }];
}

/** What a status has room for. */
const ROOM = 19;

/** The end of a long name is kept: it says the channel, and the front how it is measured. */
function shortened(name: string, before: string): string {
  const room = ROOM - before.length - ': '.length;
  const plain = name.replaceAll('_', ' ');
  return plain.length > room ? `…${plain.slice(1 - room).trim()}` : plain;
}

/** What was kept of a node, as the sidebar shows it until the next comparison. */
export function viewOf({ state, since, samples, window, features, promise, performance }: DriftPicture): DriftSummary {
  return {
    ...{ state, since, samples, window },
    features: features.map(({ shape: _, ...feature }) => feature),
    ...(promise && { promise: promise.words }),
    ...(performance && { performance }),
  };
}
