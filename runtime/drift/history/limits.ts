import { counter, defineLimit } from '../../base/index.ts';

export const streamsKept = defineLimit(
  'drift_history_streams',
  200,
  'Drift nodes whose past was forgotten because others came after them',
);
export const pointsKept = defineLimit(
  'drift_history_points',
  3000,
  'Hours of a drift history that were dropped as the oldest; so many evaluations are kept a node, then as many minutes, then as many hours',
);
export const eventsKept = defineLimit(
  'drift_history_events',
  500,
  'Drift events of a node that were dropped as the oldest',
);

export const damagedRows = counter(
  'millrace_drift_rows_damaged_total',
  'Rows of the drift history that were damaged on disk and are left out',
);
