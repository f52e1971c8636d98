export { defineNode } from './define-node.ts';
export type { Register } from './define-node.ts';
export type {
  NodeBehaviour,
  NodeContext,
  NodeDefinition,
  NodeMessage,
  PreviewParts,
  Send,
  StatusLook,
} from './definition.ts';
export { closeLive } from './host.ts';
export type { Host } from './host.ts';
export { flushNodes } from './flush.ts';
export { inFlight, idle } from './in-flight.ts';
export { currentNode } from './attribution.ts';
export { registerNodes } from './register.ts';
export { modelWait } from './model-wait.ts';
export type { ModelWait } from './model-wait.ts';
export { parseRequest } from './admin/requests.ts';
export type { AdminRoutes, Download } from './admin/routes.ts';
export type { Red } from './red.ts';
export { worthTelling } from './worth-telling.ts';
