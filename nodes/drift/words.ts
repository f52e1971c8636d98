import type { DriftSummary } from '../../runtime/drift/index.ts';
import type { StatusLook } from '../../runtime/node-red/index.ts';

/** The status that says how it stands: its look, a key of locale.json and what it needs. */
export function wordsFor({
  state,
  samples,
  window,
  features,
}: DriftSummary): [look: StatusLook, key: string, values?: Record<string, string | number>] {
  if (state === 'learning') return ['waiting', 'learning', { samples, window }];
  if (state === 'calm') return ['ok', 'calm'];
  const drifting = features.filter((feature) => feature.drifting);
  const most = drifting.reduce((a, b) => (b.value / b.threshold > a.value / a.threshold ? b : a));
  return ['warning', 'drifting', { feature: shortened(most.name) }];
}

/** What a status has room for behind "drift: ". */
const ROOM = 12;

/** The end of a long name is kept: it says the channel, and the front how it is measured. */
function shortened(name: string): string {
  const plain = name.replaceAll('_', ' ');
  return plain.length > ROOM ? `…${plain.slice(1 - ROOM).trim()}` : plain;
}
