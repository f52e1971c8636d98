import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FlowNode, joinFlow, splitFlow } from '../../../runtime/bundle/index.ts';

const shipped = (name: string): FlowNode[] => JSON.parse(readFileSync(`flows/${name}/flow.json`, 'utf8')) as FlowNode[];
const byId = (flow: readonly FlowNode[]) => [...flow].sort((a, b) => (a.id < b.id ? -1 : 1));

/** Nodes as no editor makes them: settings that look like what stands in a bundle for something else. */
const value = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.string({ unit: 'binary' }),
    fc.constantFrom('two\nlines', '\n', ''),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('lines', 'value', 'x', 'wires', 'a'), tie('value'), { maxKeys: 2 }),
  ),
})).value;
const node = fc.record(
  {
    id: fc.stringMatching(/^[a-z]{1,3}$/),
    type: fc.constantFrom('tab', 'group', 'subflow', 'inject', 'board'),
    z: fc.stringMatching(/^[a-z]{1,3}$/),
    x: fc.oneof(fc.integer(), fc.string()),
    y: fc.integer(),
    w: fc.integer(),
    label: fc.string(),
    in: fc.oneof(value, fc.array(fc.record({ x: fc.integer(), y: fc.integer(), wires: fc.constant([]) }))),
    status: fc.oneof(value, fc.record({ x: fc.integer(), y: fc.integer() })),
    func: value,
  },
  { requiredKeys: ['id', 'type'] },
) as fc.Arbitrary<FlowNode>;

describe('a flow as files', () => {
  it('is the same flow again when it is put together', () => {
    fc.assert(
      fc.property(fc.uniqueArray(node, { selector: ({ id }) => id, maxLength: 8 }), (flow) => {
        const joined = joinFlow(splitFlow(flow).files);
        expect(byId(joined)).toEqual(byId(JSON.parse(JSON.stringify(flow)) as FlowNode[]));
        const tabs = (nodes: readonly FlowNode[]) => nodes.filter(({ type }) => type === 'tab').map(({ id }) => id);
        expect(tabs(joined)).toEqual(tabs(flow));
      }),
    );
  });

  it('has the same text in whatever order nodes and settings come', () => {
    fc.assert(
      fc.property(fc.uniqueArray(node, { selector: ({ id }) => id, maxLength: 8 }), (flow) => {
        // Tabs stand in their order.
        const tabs = flow.filter(({ type }) => type === 'tab');
        const turned = [...tabs, ...flow.filter(({ type }) => type !== 'tab').reverse()].map(
          (each) => Object.fromEntries(Object.entries(each).reverse()) as FlowNode,
        );
        expect([...splitFlow(turned).files].sort()).toEqual([...splitFlow(flow).files].sort());
      }),
    );
  });

  it.each(['pump', 'greenhouse', 'cloud', 'drift'])('brings the %s flow back', (name) => {
    const flow = shipped(name);
    expect(byId(joinFlow(splitFlow(flow).files))).toEqual(byId(flow));
  });

  it('changes one line for a wire, and none but its position for a node that was moved', () => {
    const flow = shipped('pump');
    const changed = (change: (node: FlowNode) => FlowNode) => {
      const [before, after] = [flow, flow.map(change)].map((each) => splitFlow(each).files);
      return [...(before ?? [])].flatMap(([file, text]) => {
        const lines = text.split('\n');
        const now = (after?.get(file) ?? '').split('\n');
        return now.filter((line, i) => line !== lines[i]).map((line) => `${file}: ${line.trim()}`);
      });
    };
    const wired = changed((node) => (node.id === 'pump-window' ? { ...node, wires: [['pump-infer']] } : node));
    expect(wired).toEqual(['flows/pump.json: "wires": [["pump-infer"]]']);
    const moved = changed((node) => (node.id === 'pump-window' ? { ...node, x: 1 } : node));
    expect(moved).toEqual([expect.stringContaining('flows/positions.json: "pump-window":')]);
  });

  it('puts the lines of a function below each other', () => {
    const files = splitFlow([
      { id: 'f', type: 'function', func: 'const a = 1;\nreturn msg;', x: 1, y: 2, wires: [] },
    ]).files;
    expect(
      files
        .get('flows/global.json')
        ?.split('\n')
        .map((line) => line.trim()),
    ).toContain('"const a = 1;",');
  });

  it('says which file is no part of a flow', () => {
    expect(() => joinFlow(new Map([['flows/pump.json', '[{"id": 1}]']]))).toThrow(
      expect.objectContaining({
        code: 'BUNDLE_FLOW_INVALID',
        message: expect.stringContaining('flows/pump.json') as string,
      }),
    );
    const twice = JSON.stringify([{ id: 'a', type: 'tab' }]);
    expect(() =>
      joinFlow(
        new Map([
          ['flows/a.json', twice],
          ['flows/b.json', twice],
        ]),
      ),
    ).toThrow('two nodes have the id "a"');
  });
});
