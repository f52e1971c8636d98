import type { Finding, TruthLabel } from '../../messages/index.ts';
import { isNormalLabel } from '../evaluation/normal-label.ts';

/**
 * Which labels of an anomaly mean that nothing is wrong: those that say so, or else the most common one. Examples without a
 * label are taken for normal, and where most have none, every label is one of an anomaly.
 */
export function normalLabel(labels: readonly (TruthLabel | null)[]): {
  isAnomalous(label: TruthLabel | null): boolean;
  readonly findings: readonly Finding[];
} {
  const counts = new Map<string, number>();
  let without = 0;
  for (const label of labels) {
    if (label === null) without++;
    else counts.set(String(label), (counts.get(String(label)) ?? 0) + 1);
  }
  const names = [...counts.keys()];
  const said = new Set(names.filter(isNormalLabel));
  if (said.size > 0 || names.length === 0) {
    return { isAnomalous: (label) => label !== null && !said.has(String(label)), findings: [] };
  }
  const [common = ''] = names.sort((a, b) => (counts.get(b) ?? 0) - (counts.get(a) ?? 0) || (a < b ? -1 : 1));
  const assumed = (message: string): Finding[] => [
    {
      code: 'NORMAL_ASSUMED',
      weight: 'warning',
      message: `No label says that nothing is wrong: ${message}`,
      hint: HINT,
    },
  ];
  if (without > (counts.get(common) ?? 0)) {
    return {
      isAnomalous: (label) => label !== null,
      findings: assumed(`the ${without} examples without a label are taken for normal, and all others for anomalies.`),
    };
  }
  return {
    isAnomalous: (label) => label !== null && String(label) !== common,
    findings: assumed(`"${common}", the most common one, is taken for normal.`),
  };
}

const HINT = 'Rename the label of the normal state to "normal", if it is another one.';
