export { createGateways } from './create-gateways.ts';
export type { Gateways, GatewaysOptions } from './types.ts';
