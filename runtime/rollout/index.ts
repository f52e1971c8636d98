export type { Gateway } from './types.ts';
export { openRollout } from './deploy/open-rollout.ts';
export { processJudges } from './deploy/process-judges.ts';
export type { ProcessJudgesOptions } from './deploy/process-judges.ts';
export { newestHeld } from './state/newest-held.ts';
export type { Slot } from './state/rollout-state.ts';
export type {
  Estimate,
  FlowFailure,
  FlowProcess,
  Judges,
  Rollout,
  RolloutEvent,
  RolloutOptions,
  RolloutStatus,
  Start,
} from './deploy/types.ts';
export { startGateway } from './supervisor/start-gateway.ts';
export type { GatewayOptions, RunningGateway } from './supervisor/start-gateway.ts';
export { connectGateway } from './supervisor/control-client.ts';
export type { GatewayControl } from './supervisor/control-client.ts';
export { gatewayPaths } from './supervisor/paths.ts';
export { changeGatewaySettings, readGatewaySettings } from './supervisor/gateway-settings.ts';
export type { GatewaySettings } from './supervisor/gateway-settings.ts';
export { gatewayIdentity } from './supervisor/gateway-identity.ts';
export { pinnedRoot, pinRoot } from './supervisor/pinned-root.ts';
export { readGatewayLog } from './supervisor/gateway-log.ts';
export { openStudioLink } from './studio-link/studio-link.ts';
export type { StudioLink, StudioLinkOptions } from './studio-link/studio-link.ts';
export { pairWithStudio } from './studio-link/pair.ts';
export type { Paired, PairOptions } from './studio-link/pair.ts';
export { deployStopped } from './supervisor/deploy-stopped.ts';
export type { StoppedDeploy } from './supervisor/deploy-stopped.ts';
