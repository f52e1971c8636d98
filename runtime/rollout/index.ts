export type { Gateway } from './types.ts';
export { openRollout } from './deploy/open-rollout.ts';
export { processJudges } from './deploy/process-judges.ts';
export type { ProcessJudgesOptions } from './deploy/process-judges.ts';
export type {
  Estimate,
  FlowFailure,
  FlowProcess,
  Judges,
  Rollout,
  RolloutEvent,
  RolloutOptions,
  RolloutStatus,
  Slot,
  Start,
} from './deploy/types.ts';
