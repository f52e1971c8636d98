import { counter, gauge } from '../../base/index.ts';
import type { DriftPayload } from '../../messages/index.ts';
import type { DriftSummary } from '../types.ts';

const events = counter(
  'millrace_drift_events_total',
  'Drift and sensor faults that began, spread or ended, by kind and state',
);
const evaluations = counter('millrace_drift_evaluations_total', 'Comparisons of a window with its reference');
const states = gauge('millrace_drift_state', 'Of each drift node: 0 it learns, 1 nothing drifts, 2 something drifts');
const faults = gauge('millrace_drift_faults', 'Of each drift node: sensor faults that are on');
const unfit = counter(
  'millrace_drift_values_unfit_total',
  'Feature values that were left out because a sensor was broken, or seemed so',
);

const NUMBERS = { learning: 0, calm: 1, drifting: 2 } as const;

export const measured = {
  event: ({ kind, state }: DriftPayload) => events.add(1, { kind, state }),
  evaluation: () => evaluations.add(),
  unfit: (values: number) => unfit.add(values),
  state(node: string, { state, features }: DriftSummary) {
    states.set(NUMBERS[state], { node });
    faults.set(features.filter(({ kind }) => kind === 'fault').length, { node });
  },
  gone(node: string) {
    states.remove({ node });
    faults.remove({ node });
  },
};
