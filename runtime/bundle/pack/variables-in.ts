import type { FlowNode } from '../types.ts';

interface Variable {
  readonly name: string;
  /** The node's property in which it stands. */
  readonly property: string;
}

/** Says nothing to whoever runs the flow. */
const SILENT = new Set(['id', 'type', 'z', 'g', 'info', 'wires', 'links', 'credentials']);
const WHOLE = /^\$(?:\{(\S+)\}|\((\S+)\))$/;
/** In code, in a JSONata expression, in a template. */
const ASKED = /\benv\.get\(\s*['"]([^'"]+)['"]\s*\)|\$env\(\s*['"]([^'"]+)['"]\s*\)|\{\{\{?\s*env\.([^}\s]+)\s*\}/g;

/**
 * The environment variables that a node names: as a whole value `${NAME}`, as an input of the type *env variable*, by
 * `env.get` in code, `$env` in JSONata and `{{env.NAME}}` in a template.
 */
export function variablesIn(node: FlowNode): Variable[] {
  const found = new Map<string, Variable>();
  for (const [property, value] of Object.entries(node)) {
    if (SILENT.has(property)) continue;
    for (const name of [...namesIn(value), ...typedNames(node, property)]) {
      if (!found.has(name)) found.set(name, { name, property });
    }
  }
  return [...found.values()];
}

function* namesIn(value: unknown): Generator<string> {
  if (typeof value === 'string') {
    const [, braced, bracketed] = WHOLE.exec(value) ?? [];
    const whole = braced ?? bracketed;
    if (whole !== undefined) yield whole;
    for (const [, code, expression, template] of value.matchAll(ASKED)) yield code ?? expression ?? template ?? '';
  } else if (Array.isArray(value)) {
    for (const item of value as unknown[]) yield* namesIn(item);
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) {
      yield* namesIn(item);
      yield* typedNames(value as Readonly<Record<string, unknown>>, key);
    }
  }
}

/**
 * What a property names as an *env variable*. Beside `value` stands `type`, beside another `xt` or `xType`: as the editor's
 * typed inputs are saved.
 */
function* typedNames(held: Readonly<Record<string, unknown>>, key: string): Generator<string> {
  const value = held[key];
  const type = key === 'value' ? held['type'] : (held[`${key}t`] ?? held[`${key}Type`]);
  if (type !== 'env' || typeof value !== 'string' || value === '') return;
  const inside = [...value.matchAll(/\$\{([^}]+)\}/g)].map(([, name = '']) => name);
  yield* inside.length > 0 ? inside : [value];
}
