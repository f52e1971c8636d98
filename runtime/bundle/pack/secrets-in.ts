import { isSecretName } from '../secret-name.ts';
import type { FlowNode } from '../types.ts';
import { isSetting } from './nodes.ts';

type Fields = Readonly<Record<string, unknown>>;

/** Ids, and what is no value of anybody's. */
const SILENT = new Set(['id', 'type', 'z', 'g', 'wires', 'links', 'credentials']);

/** Where entries of a list have their name and their value: of variables, headers, changes, properties of a message. */
const ENTRIES = [
  { name: 'name', value: 'value', type: 'type' },
  { name: 'key', value: 'value', type: 'type' },
  { name: 'keyValue', value: 'valueValue', type: 'valueType' },
  { name: 'p', value: 'to', type: 'tot' },
  { name: 'p', value: 'v', type: 'vt' },
] as const;

/** Kinds of a typed value that say where the value is found, not what it is. */
const ELSEWHERE = new Set(['env', 'msg', 'flow', 'global', 'cred', 'date', 'bool', 'node']);

/** What gives a secret away in a text, be it an address, a header or code. Where a value is asked for elsewhere is left alone. */
const LOOKS = [
  /[a-z][a-z\d+.-]*:\/\/[^\s/?#:@"'`]*:(?![${])[^\s/?#@"'`]+@/i,
  /[?&](?:access_?|auth_?)?(?:api[-_]?key|token|passw(?:or)?d|secret|signature)=(?![${])[^&\s"'`]{4,}/i,
  /\b(?:Bearer|Basic)\s+(?![${])[\w+/.~=-]{8,}/,
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\bAKIA[\dA-Z]{16}\b/,
  /(?:passw(?:or)?d|passphrase|secret|token|api[-_]?key|private[-_]?key|authorization)["']?\s*[:=]\s*(["'`])(?![${])[^"'`\s]{4,}\1/i,
];

/**
 * Where in a node's settings something may be a secret in clear: by the name that it stands under, or by its looks. There is no
 * telling for certain.
 *
 * @returns paths, such as `url` or `headers[0]`
 */
export function secretsIn(node: FlowNode): string[] {
  const found = Object.entries(node).filter(([property]) => !SILENT.has(property));
  return found.flatMap(([property, value]) => [...placesIn(property, value, node, property)]);
}

function* placesIn(path: string, value: unknown, around: Fields, key: string): Generator<string> {
  if (typeof value === 'string') {
    const isNamedSo = isSecretName(key) && isValue(value, around[`${key}Type`] ?? around[`${key}t`]);
    if ((isNamedSo && !/Type$/.test(key)) || LOOKS.some((look) => look.test(value))) yield path;
  } else if (Array.isArray(value)) {
    for (const [i, item] of (value as unknown[]).entries()) yield* placesIn(`${path}[${i}]`, item, {}, '');
  } else if (typeof value === 'object' && value !== null) {
    const fields = value as Fields;
    if (isSecretEntry(fields)) yield path;
    else for (const [name, item] of Object.entries(fields)) yield* placesIn(`${path}.${name}`, item, fields, name);
  }
}

const isSecretEntry = (fields: Fields): boolean =>
  ENTRIES.some(({ name, value, type }) => {
    const called = fields[name];
    return typeof called === 'string' && isSecretName(called) && isValue(fields[value], fields[type]);
  });

const isValue = (value: unknown, type: unknown): boolean =>
  typeof value === 'string' && value.trim() !== '' && !isSetting(value.trim()) && !ELSEWHERE.has(String(type));
