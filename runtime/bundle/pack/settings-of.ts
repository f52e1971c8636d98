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
 * @returns by name
 */
export function settingsOf(flow: readonly FlowNode[], credentials: Credentials = {}): BundleSetting[] {
  const nodes = activeNodes(flow);
  const found = new Map<string, Found>();
  const add = (name: string, use: string, credential?: BundleSetting['credential']) => {
    const { uses = [], ...before } = found.get(name) ?? {};
    found.set(name, { ...(credential && { credential }), ...before, uses: [...uses, use] });
  };

  const isSetInFlow = scopeOf(flow);
  for (const node of nodes) {
    for (const { name, property } of variablesIn(node)) {
      if (!name.startsWith('NR_') && !isSetInFlow(node, name)) add(name, `${property} of ${called(node)}`);
    }
  }
  const secrets = nodes.flatMap((node) => secretsOf(node, credentials[node.id] ?? {}));
  for (const { node, field, value } of secrets.sort((a, b) => order(a, b))) {
    const [, braced, bracketed] = VARIABLE.exec(value) ?? [];
    const variable = braced ?? bracketed;
    if (variable !== undefined && isSetInFlow(node, variable)) continue;
    const name = variable ?? freeName(node, field, found);
    add(name, `${words(field)} of ${called(node)}`, { node: node.id, field });
  }
  return [...found]
    .map(([name, { uses, credential }]) => {
      const secret = credential !== undefined;
      return { name, secret, use: oneOf(uses), ...(secret && { credential }) };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface Found {
  readonly uses: readonly string[];
  /** Of the first node that keeps it secret. */
  readonly credential?: NonNullable<BundleSetting['credential']>;
}

interface Secret {
  readonly node: FlowNode;
  readonly field: string;
  readonly value: string;
}

const secretsOf = (node: FlowNode, fields: Readonly<Record<string, unknown>>): Secret[] =>
  Object.entries({ ...(node['credentials'] as object | undefined), ...fields }).flatMap(([field, value]) => {
    const isSet = typeof value === 'string' ? value !== '' : typeof value === 'number';
    return isSet ? [{ node, field, value: String(value) }] : [];
  });

const order = (a: Secret, b: Secret) => (`${a.node.id} ${a.field}` < `${b.node.id} ${b.field}` ? -1 : 1);

/** `secretAccessKey` → `secret access key` */
const words = (field: string): string =>
  field
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .replace(/[_-]+/g, ' ')
    .toLowerCase();

function freeName(node: FlowNode, field: string, taken: ReadonlyMap<string, unknown>): string {
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
