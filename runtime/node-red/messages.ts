import { errors } from './errors.ts';
import type { NodeMessage } from './definition.ts';

// What an http-in node puts on a message: not ours to judge, and Node-RED does not clone it.
const FOREIGN = new Set(['req', 'res']);

/**
 * A message made safe for the wires. Node-RED deep-clones messages where a wire forks: a view into a larger buffer would
 * drag the whole buffer along, and an object of a class would lose its private state.
 *
 * @throws MESSAGE_NOT_PLAIN with the property's name
 */
export function toWire(message: NodeMessage): NodeMessage {
  for (const key of Object.keys(message)) {
    if (!FOREIGN.has(key)) message[key] = owned(message[key], key, 0);
  }
  return message;
}

/** Deeper than any stage's payload; what lies below is left to Node-RED. */
const DEPTH = 4;

function owned(value: unknown, path: string, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > DEPTH) return value;
  if (Buffer.isBuffer(value)) return value;
  if (ArrayBuffer.isView(value)) return ownBuffer(value);
  if (Array.isArray(value)) {
    // Long arrays are numbers; looking at the first tells which.
    if (typeof value[0] !== 'object') return value;
    value.forEach((item, index) => (value[index] = owned(item, `${path}[${index}]`, depth + 1)));
    return value;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) {
    const record = value as Record<string, unknown>;
    for (const key of Object.keys(record)) {
      const before = record[key];
      const after = owned(before, `${path}.${key}`, depth + 1);
      if (after !== before) record[key] = after;
    }
    return value;
  }
  if (value instanceof Date || value instanceof Error || value instanceof Map || value instanceof Set) return value;
  if (value instanceof ArrayBuffer) return value;
  // Objects of another realm (a function node's sandbox) are plain too.
  const kind = (value as { constructor?: { name?: string } }).constructor?.name ?? 'object';
  if (kind === 'Object' || kind === 'Array') return value;
  throw errors.MESSAGE_NOT_PLAIN({ property: path, kind });
}

function ownBuffer(view: ArrayBufferView): ArrayBufferView {
  if (view.byteLength === view.buffer.byteLength || view instanceof DataView) return view;
  return (view as Float32Array).slice();
}

/**
 * A received message whose Buffer payload is this node's own: where a wire forks, Node-RED gives every branch the same
 * memory, and another branch may write to it.
 */
export function fromWire(message: NodeMessage): NodeMessage {
  if (Buffer.isBuffer(message['payload'])) message['payload'] = Buffer.from(message['payload']);
  return message;
}
