/**
 * Node-RED starts no flow at all while one node's type is missing. Here a placeholder stands in for such a node: it shows
 * its error and refuses messages, and the rest of the flows run.
 */
import { errors } from './errors.ts';
import type { NodeProblems } from './node-problems.ts';
import type { FlowParser, LoadedNodeRed, NodeConstructor } from './node-red.ts';

const SUBFLOW = /^subflow:/;

/**
 * Lets the registry answer with a placeholder where it knows no constructor, so that a type which is installed later takes
 * its place by itself. (Registering the placeholder under the type's name would stand in the way of the real one.)
 */
export function standInForMissingTypes({ red, registry, parser, Node }: LoadedNodeRed, problems: NodeProblems): void {
  const known = registry.get.bind(registry);
  // Catch nodes exist once the flows have started.
  const waiting: (() => void)[] = [];
  red.events.on('flows:started', () => waiting.splice(0).forEach((tell) => tell()));
  const placeholder: NodeConstructor = function (config) {
    red.nodes.createNode(this, config);
    const { id, type } = config;
    const error = SUBFLOW.test(type)
      ? errors.SUBFLOW_MISSING({ subflow: type.replace(SUBFLOW, ''), id })
      : errors.NODE_TYPE_UNKNOWN({ type, id });
    waiting.push(() => problems.report(this, error));
    this.on('input', (_message, _send, done) => done(error));
  };
  Object.setPrototypeOf(placeholder.prototype, Node.prototype);
  registry.get = (type) => known(type) ?? placeholder;
  takeForNodes(parser);
}

/** Node-RED looks for subflows in the flow itself: an instance of one that is not there is made a node like any other. */
function takeForNodes(parser: FlowParser): void {
  const parse = parser.parseConfig;
  parser.parseConfig = (nodes) => {
    const flow = parse(nodes);
    for (const node of nodes) if (flow.missingTypes.includes(node.type)) delete node.subflow;
    flow.missingTypes = [];
    return flow;
  };
}
