import { defineLimit } from '../base/index.ts';

export const stallLimit = defineLimit(
  'flow_test_stall_ms',
  20_000,
  'Flow tests ended because their flow did not come to rest',
);
export const runLimit = defineLimit('flow_test_ms', 600_000, 'Flow tests ended because they took too long');
