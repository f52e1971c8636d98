import type { TruthLabel } from '../../../runtime/messages/index.ts';
import { seriesColour } from '../../look/theme.ts';

/** By data set, in the order in which this page met them: a label keeps its colour while examples come in. */
const met = new Map<string, TruthLabel[]>();

export function indexOf(dataSet: string, label: TruthLabel): number {
  const labels = met.get(dataSet) ?? [];
  met.set(dataSet, labels);
  const index = labels.indexOf(label);
  return index >= 0 ? index : labels.push(label) - 1;
}

/** A CSS colour; grey of what has no label. */
export const labelColour = (dataSet: string, label: TruthLabel | null): string =>
  label === null ? 'var(--red-ui-secondary-text-color)' : `var(${seriesColour(indexOf(dataSet, label))})`;
