/**
 * Node-RED starts no flow at all while one node's type is missing, or one package that a function node loads. Here a placeholder
 * stands in for a node without a type, which shows its error and refuses messages; a function node says itself what it
 * misses; and the rest of the flows run.
 */
import type { MillraceError } from '../base/index.ts';
import { errors } from './errors.ts';
import type { NodeProblems } from './node-problems.ts';
import type { FlowParser, LoadedNodeRed, NodeConstructor } from './node-red.ts';

const SUBFLOW = /^subflow:/;

export interface MissingTypes {
  /** Types that are there and are not to run. */
  readonly off?: ReadonlySet<string>;
  /** Told of each node that is made in vain; not of those whose type is off. */
  readonly missing?: (type: string) => void;
}

/**
 * Lets the registry answer with a placeholder where it knows no constructor, so that a type which is installed later takes
 * its place by itself. (Registering the placeholder under the type's name would stand in the way of the real one.)
 */
export function standInForMissingTypes(
  { red, registry, parser, Node }: LoadedNodeRed,
  problems: NodeProblems,
  { off = new Set(), missing = () => undefined }: MissingTypes = {},
): void {
  const known = registry.get.bind(registry);
  // Catch nodes exist once the flows have started.
  const waiting: (() => void)[] = [];
  red.events.on('flows:started', () => waiting.splice(0).forEach((tell) => tell()));
  const placeholder: NodeConstructor = function (config) {
    red.nodes.createNode(this, config);
    const { id, type } = config;
    const error = whatIsWrong(type, id, off);
    if (!off.has(type)) missing(type);
    waiting.push(() => problems.report(this, error));
    this.on('input', (_message, _send, done) => done(error));
  };
  Object.setPrototypeOf(placeholder.prototype, Node.prototype);
  registry.get = (type) => (off.has(type) ? placeholder : (known(type) ?? placeholder));
  takeForNodes(parser);
  const check = registry.checkFlowDependencies.bind(registry);
  // It rejects with what is missing, and has then read what is there.
  registry.checkFlowDependencies = (flow) => check(flow).catch(() => undefined);
}

function whatIsWrong(type: string, id: string, off: ReadonlySet<string>): MillraceError {
  if (off.has(type)) return errors.NODE_TYPE_OFF({ type, id });
  if (SUBFLOW.test(type)) return errors.SUBFLOW_MISSING({ subflow: type.replace(SUBFLOW, ''), id });
  return errors.NODE_TYPE_UNKNOWN({ type, id });
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
