/** What could be expected of the flow, by what its nodes show now. */
import type { Expectation } from '../../../runtime/messages/index.ts';
import { type Entry, type ShownOf, SPAN, type Store } from '../../live/store.ts';
import { red } from '../../red.ts';
import { downstream } from './downstream.ts';
import { type FlowNode, nodeNamed } from './flow-nodes.ts';

/** More would be no help. */
const MOST = 6;

/**
 * @param played keys of the nodes that the test plays recordings at: what they bring about is the question
 */
export function suggestionsOf(store: Store, nodes: readonly FlowNode[], played: readonly string[]): Expectation[] {
  const sources = played.flatMap((key) => nodeNamed(nodes, key)?.id ?? []);
  const reached = downstream(sources);
  const asked = sources.length > 0 ? nodes.filter(({ id }) => reached.has(id)) : nodes;
  // What does not hang on what is played may be a connection that a test does not make.
  const kinds = sources.length > 0 ? KINDS : KINDS.filter((suggest) => suggest !== status);
  const all = kinds.flatMap((suggest) => asked.flatMap((node) => made(suggest, store, node) ?? []));
  return all.slice(0, MOST);
}

/** The likeliest expectation of one node. */
export function suggestionFor(store: Store, node: FlowNode): Expectation | undefined {
  for (const suggest of KINDS) {
    const expectation = made(suggest, store, node);
    if (expectation) return expectation;
  }
  return undefined;
}

type Suggest = (store: Store, node: FlowNode) => Suggested;
const KINDS: readonly Suggest[] = [predicted, drifting, status, measured];

function made(suggest: Suggest, store: Store, node: FlowNode): Expectation | undefined {
  const part = suggest(store, node);
  return part && { output: 1, property: 'payload', expect: 'becomes', ...part, node: node.key };
}

type Suggested = Partial<Expectation> | undefined;

function predicted(store: Store, { id }: FlowNode): Suggested {
  const latest = store.get('prediction', id)?.latest;
  if (latest?.classification) return { property: 'payload.label', is: latest.classification.label };
  if (latest?.value === undefined) return undefined;
  return { property: 'payload.value', near: rounded(latest.value), tolerance: '10 %' };
}

function drifting(store: Store, { id }: FlowNode): Suggested {
  const state = store.get('drift', id)?.latest.state;
  if (state === 'drifting') return { property: 'payload.state', is: 'start' };
  return state === 'calm' ? { expect: 'nothing' } : undefined;
}

/** Of a node that shows nothing else. A status with a number in it is another one the next moment. */
function status(store: Store, { id }: FlowNode): Suggested {
  const text = red().nodes.node(id)?.status?.text ?? '';
  if (text === '' || /\d/.test(text)) return undefined;
  const shows = (['prediction', 'drift', 'readings', 'outbox', 'problem'] as const).some((kind) => store.get(kind, id));
  return shows ? undefined : { expect: 'status', is: text };
}

/** Of a sensor: that it stays about where it was in the last half minute. */
function measured(store: Store, { id }: FlowNode): Suggested {
  const entry = store.get('readings', id);
  const [channel, other] = entry?.latest.channels ?? [];
  if (!entry || !channel) return undefined;
  const [low, high] = rangeOf(entry, channel.name);
  const margin = Math.max((high - low) / 2, Math.abs(high + low) / 20, 1e-6);
  const property = other ? `payload.${channel.name}` : 'payload';
  return { property, expect: 'always', above: rounded(low - margin), below: rounded(high + margin) };
}

function rangeOf({ history, latest }: Entry<ShownOf<'readings'>>, name: string): [number, number] {
  const channels = history.points
    .filter(({ time }) => latest.time - time <= SPAN)
    .flatMap(({ value }) => value.channels.filter((channel) => channel.name === name));
  return [Math.min(...channels.map(({ min }) => min)), Math.max(...channels.map(({ max }) => max))];
}

const rounded = (value: number) => Number(value.toPrecision(3));

/** Names of properties that are known to be on the messages of a node: to choose from. */
export function propertiesOf(store: Store, { id }: FlowNode): string[] {
  const found: string[] = ['payload'];
  const prediction = store.get('prediction', id)?.latest;
  if (prediction?.classification) found.unshift('payload.label', 'payload.confidence');
  if (prediction?.value !== undefined) found.unshift('payload.value');
  if (store.get('drift', id)) found.unshift('payload.state');
  const channels = store.get('readings', id)?.latest.channels ?? [];
  if (channels.length > 1) found.push(...channels.map(({ name }) => `payload.${name}`));
  return [...found, 'topic'];
}

/** Values that a property of a node's messages is known to take. */
export function valuesOf(store: Store, { id }: FlowNode, property: string): string[] {
  if (property === 'payload.label') {
    return Object.keys(store.get('prediction', id)?.latest.classification?.scores ?? {});
  }
  return property === 'payload.state' && store.get('drift', id) ? ['start', 'change', 'end'] : [];
}
