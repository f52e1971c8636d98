/**
 * Node-RED starts no flow at all while one node's type is missing. Here a placeholder stands in for such a node: it shows
 * its error and refuses messages, and the rest of the flows run.
 */
import { errors } from './errors.ts';
import type { Log } from './log.ts';
import type { NodeProblems } from './node-problems.ts';
import type { LoadedNodeRed, NodeConstructor } from './node-red.ts';

interface RuntimeEvent {
  readonly payload?: { readonly error?: string; readonly types?: readonly string[] };
}

/**
 * Lets the registry answer with a placeholder where it knows no constructor, so that a type which is installed later takes
 * its place by itself. (Registering the placeholder under the type's name would stand in the way of the real one.)
 */
export function standInForMissingTypes({ red, registry, Node }: LoadedNodeRed, problems: NodeProblems, log: Log): void {
  const known = registry.get.bind(registry);
  // Catch nodes exist once the flows have started.
  const waiting: (() => void)[] = [];
  red.events.on('flows:started', () => waiting.splice(0).forEach((tell) => tell()));
  const placeholder: NodeConstructor = function (config) {
    red.nodes.createNode(this, config);
    const error = errors.NODE_TYPE_UNKNOWN({ type: config.type, id: config.id });
    waiting.push(() => problems.report(this, error));
    this.on('input', (_message, _send, done) => done(error));
  };
  Object.setPrototypeOf(placeholder.prototype, Node.prototype);
  registry.get = (type) => known(type) ?? placeholder;
  red.events.on('runtime-event', (event: RuntimeEvent) => {
    if (event.payload?.error !== 'missing-types') return;
    log.report('error', errors.SUBFLOW_MISSING({ subflows: [...(event.payload.types ?? [])] }));
  });
}
