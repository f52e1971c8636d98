import type { TruthLabel } from '../../runtime/messages/index.ts';
import { seriesColour } from './theme.ts';

/** By data set, in the order in which this page met them: a label keeps its colour while examples come in. */
const met = new Map<string, TruthLabel[]>();

export function indexOf(dataSet: string, label: TruthLabel): number {
  const labels = met.get(dataSet) ?? [];
  met.set(dataSet, labels);
  const index = labels.indexOf(label);
  return index >= 0 ? index : labels.push(label) - 1;
}

/** Of the labels of a model, each as in a data set that has all of them; else as they come. */
export function indexesOf(labels: readonly TruthLabel[]): readonly number[] {
  const known = [...met.values()].find((theirs) => labels.every((label) => theirs.includes(label)));
  return labels.map((label, index) => known?.indexOf(label) ?? index);
}

/** A CSS colour; grey of what has no label. */
export const labelColour = (dataSet: string, label: TruthLabel | null): string =>
  label === null ? 'var(--red-ui-secondary-text-color)' : `var(${seriesColour(indexOf(dataSet, label))})`;
