import type { BundleSetting, FlowNode } from '../types.ts';
import { activeNodes, called } from './nodes.ts';
import type { Credentials } from './options.ts';
import { scopeOf } from './scope.ts';
import { variablesIn } from './variables-in.ts';

/** Whole, as Node-RED takes it. */
const VARIABLE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;

/**
 * What a flow leaves to the device: the variables that it names and does not set itself, and each secret of its nodes.
 *
 * A secret gets a name of its own, of the node's name and the field's: `CLOUD_PASSWORD`. The value is not looked at, unless it
 * is a variable already.
 *
 * @returns by name; one for all plain uses of a variable, and one for each node that keeps it secret
 */
export function settingsOf(flow: readonly FlowNode[], credentials: Credentials = {}): BundleSetting[] {
  const nodes = activeNodes(flow);
  const uses = new Map<string, string[]>();
  const isSetInFlow = scopeOf(flow);
  for (const node of nodes) {
    for (const { name, property } of variablesIn(node)) {
      if (name.startsWith('NR_') || isSetInFlow(node, name)) continue;
      uses.set(name, [...(uses.get(name) ?? []), `${property} of ${called(node)}`]);
    }
  }
  const secrets = nodes.flatMap((node) => secretsOf(node, credentials[node.id] ?? {})).sort(inOrder);
  const named = secrets.filter(({ variable }) => variable !== undefined);
  // A name that is given must not be one that is made for another.
  const taken = new Set([...uses.keys(), ...named.map(({ variable = '' }) => variable)]);
  const kept = secrets.map(({ node, field, variable }): BundleSetting => {
    const name = variable ?? freeName(node, field, taken);
    taken.add(name);
    return { name, secret: true, use: `${words(field)} of ${called(node)}`, credential: { node: node.id, field } };
  });
  const secretNames = new Set(kept.map(({ name }) => name));
  const plain = [...uses].map(([name, all]) => ({ name, secret: secretNames.has(name), use: oneOf(all) }));
  return [...plain, ...kept].sort((a, b) => (a.name === b.name ? 0 : a.name < b.name ? -1 : 1));
}

interface Secret {
  readonly node: FlowNode;
  readonly field: string;
  /** That it is taken from. */
  readonly variable: string | undefined;
}

const secretsOf = (node: FlowNode, fields: Readonly<Record<string, unknown>>): Secret[] =>
  Object.entries({ ...(node['credentials'] as object | undefined), ...fields }).flatMap(([field, value]) => {
    const isSet = typeof value === 'string' ? value !== '' : typeof value === 'number';
    const [, braced, bracketed] = VARIABLE.exec(String(value)) ?? [];
    return isSet ? [{ node, field, variable: braced ?? bracketed }] : [];
  });

const inOrder = (a: Secret, b: Secret) => (`${a.node.id} ${a.field}` < `${b.node.id} ${b.field}` ? -1 : 1);

/** `secretAccessKey` → `secret access key` */
const words = (field: string): string =>
  field
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();

function freeName(node: FlowNode, field: string, taken: ReadonlySet<string>): string {
  const name = typeof node['name'] === 'string' && node['name'].trim() !== '' ? node['name'] : node.type;
  const plain = upper(`${name} ${words(field)}`);
  const wanted = /^[A-Z_]/.test(plain) ? plain : `${upper(node.type)}_${plain}`;
  let free = wanted;
  for (let turn = 2; taken.has(free); turn++) free = `${wanted}_${turn}`;
  return free;
}

const upper = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, '_')
    .replace(/^_+|_+$/g, '');

const oneOf = ([first = '', ...others]: readonly string[]): string =>
  others.length === 0 ? first : `${first}, and ${others.length} more`;
