export type { Services } from './services.ts';
export type { ViewHub } from './view-hub.ts';
