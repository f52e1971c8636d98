/** What the form offers, by what the flow shows. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createStore } from '../../../editor/live/store.ts';
import { flowNodes, nodeNamed } from '../../../editor/sidebar/tests/flow-nodes.ts';
import { propertiesOf, suggestionsOf, valuesOf } from '../../../editor/sidebar/tests/suggestions.ts';
import { expectation, type View } from '../../../runtime/messages/index.ts';

const node = (id: string, type: string, x: number, more: object = {}) => ({
  ...{ id, type, z: 'tab', x, y: 100, inputs: 1, outputs: 1, _def: { category: 'function' } },
  ...more,
});
const canvas = [
  node('drift1', 'drift', 500),
  node('pins1', 'pins', 100, { name: 'pins', inputs: 0 }),
  node('infer1', 'infer', 400, { name: 'judge' }),
  node('led1', 'actuator', 600, { name: 'the LED', outputs: 0, status: { text: 'off' } }),
  node('count1', 'function', 300, { status: { text: '17 so far' } }),
  node('temp1', 'sensor', 120, { name: 'temperature', inputs: 0 }),
  node('off', 'infer', 700, { d: true, name: 'old' }),
  node('note', 'comment', 10),
  node('in-subflow', 'function', 10, { z: 'sub', name: 'inner' }),
];
/** From the pins to the lamp; the thermometer is wired to nothing. */
const wires = [
  ['pins1', 'count1'],
  ['count1', 'infer1'],
  ['infer1', 'drift1'],
  ['infer1', 'led1'],
] as const;
const origin = (id: string, type: string, time = 1000) => ({ node: id, name: id, type, time });
const views: View[] = [
  {
    ...{ ...origin('pins1', 'pins'), kind: 'readings' },
    channels: [
      { name: 'x', last: 0.1, min: -1, max: 1 },
      { name: 'y', last: 0, min: -2, max: 2 },
    ],
  },
  { ...origin('temp1', 'sensor'), kind: 'readings', channels: [{ name: 'temperature', last: 20.4, min: 20, max: 21 }] },
  {
    ...{ ...origin('infer1', 'infer'), kind: 'prediction', latencyMs: 0.1 },
    model: { name: 'pump-health', version: 1, digest: 'd' } as never,
    classification: { label: 'healthy', confidence: 0.98, scores: { healthy: 0.98, 'worn bearing': 0.02 } },
  },
  {
    ...{ ...origin('drift1', 'drift'), kind: 'drift', state: 'calm', since: 0, samples: 100, window: 100 },
    features: [],
  },
];

beforeEach(() => {
  vi.stubGlobal('RED', {
    nodes: {
      eachNode: (visit: (node: object) => void) => canvas.forEach(visit),
      eachConfig: () => undefined,
      node: (id: string) => canvas.find((each) => each.id === id) ?? null,
      filterLinks: ({ source }: { source: { id: string } }) =>
        wires.filter(([from]) => from === source.id).map(([, to]) => ({ target: { id: to } })),
      workspace: (id: string) => id === 'tab',
    },
    utils: { getNodeLabel: ({ name }: { name?: string }, standard: string) => name ?? standard },
  });
});
afterEach(() => vi.unstubAllGlobals());

const store = () => {
  const made = createStore(() => 1000);
  made.reset(views);
  return made;
};

describe('the nodes that a test can name', () => {
  it('are those on the tabs that run, as they stand, by name where it tells them apart', () => {
    expect(flowNodes().map(({ key }) => key)).toEqual([
      ...['pins', 'temperature', 'function', 'judge', 'drift', 'the LED'],
    ]);
  });

  it('are named by their id where two are called the same', () => {
    canvas.push(node('infer2', 'infer', 900, { name: 'judge' }));
    const keys = flowNodes().map(({ key }) => key);
    expect(keys).toEqual(expect.arrayContaining(['infer1', 'infer2']));
    expect(keys).not.toContain('judge');
    canvas.pop();
    expect(nodeNamed(flowNodes(), 'infer1')?.key).toBe('judge');
  });
});

describe('what could be expected', () => {
  it('is what the nodes behind the recording show now, the model’s answer first, always fit for a test', () => {
    const suggestions = suggestionsOf(store(), flowNodes(), ['pins']);
    expect(suggestions).toEqual([
      expect.objectContaining({ node: 'judge', property: 'payload.label', expect: 'becomes', is: 'healthy' }),
      expect.objectContaining({ node: 'drift', expect: 'nothing' }),
      expect.objectContaining({ node: 'the LED', expect: 'status', is: 'off' }),
    ]);
    for (const each of suggestions) expect(expectation.safeParse(each).success, each.node).toBe(true);
  });

  it('is what any node shows where nothing is played, with room for the next half minute', () => {
    const suggestions = suggestionsOf(store(), flowNodes(), []);
    const measured = suggestions.find(({ node }) => node === 'temperature');
    expect(measured).toMatchObject({ property: 'payload', expect: 'always' });
    expect(measured?.above).toBeLessThan(20);
    expect(measured?.below).toBeGreaterThan(21);
    for (const each of suggestions) expect(expectation.safeParse(each).success, each.node).toBe(true);
  });

  it('does not ask about nodes that the test silences', () => {
    const nodes = suggestionsOf(store(), flowNodes(), ['judge']).map((each) => each.node);
    expect(nodes).not.toContain('judge');
    expect(nodes).toContain('drift');
  });

  it('offers the properties and values that a node’s messages have', () => {
    const [pins, judge] = ['pins', 'judge'].map((key) => nodeNamed(flowNodes(), key));
    if (!pins || !judge) throw new Error('no such nodes');
    expect(propertiesOf(store(), judge).slice(0, 2)).toEqual(['payload.label', 'payload.confidence']);
    expect(propertiesOf(store(), pins)).toEqual(expect.arrayContaining(['payload', 'payload.x', 'payload.y']));
    expect(valuesOf(store(), judge, 'payload.label')).toEqual(['healthy', 'worn bearing']);
    expect(valuesOf(store(), judge, 'payload.confidence')).toEqual([]);
  });
});
