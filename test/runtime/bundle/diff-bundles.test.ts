import fc from 'fast-check';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { diffBundles, type FlowNode, readBundle, removeBundle } from '../../../runtime/bundle/index.ts';
import { diffText } from '../../../runtime/bundle/diff/diff-text.ts';
import { bundleOf, mrb, type Parts } from '../../support/bundles.ts';

const FLOW: readonly FlowNode[] = [
  { id: 'pump', type: 'tab', label: 'Pump' },
  { id: 'window', type: 'window', z: 'pump', name: 'window', length: 2, x: 1, y: 1, wires: [['infer']] },
  { id: 'infer', type: 'infer', z: 'pump', name: 'health', model: 'pump-health', x: 2, y: 1, wires: [['sw']] },
  { id: 'sw', type: 'switch', z: 'pump', name: 'ill?', rules: [{ t: 'eq', v: 1 }], x: 3, y: 1, wires: [['up'], []] },
  { id: 'up', type: 'upload', z: 'pump', name: '', target: 'cloud', x: 4, y: 1, wires: [] },
  { id: 'cloud', type: 'target', name: 'cloud', url: 'mqtts://a' },
  { id: 'other', type: 'target', name: 'other cloud', url: 'mqtts://b' },
];

/** The flow with nodes changed by their ids, taken away (undefined) or added. */
function flowWith(changes: Readonly<Record<string, Partial<FlowNode> | undefined>>): FlowNode[] {
  const kept = FLOW.filter(({ id }) => !(id in changes && changes[id] === undefined));
  const added = Object.entries(changes).filter(([id, change]) => change && !FLOW.some((node) => node.id === id));
  return [
    ...kept.map((node) => ({ ...node, ...changes[node.id] })),
    ...added.map(([id, change]) => ({ id, ...change }) as FlowNode),
  ];
}

async function wordsOf(before: Parts, after: Parts): Promise<string[]> {
  const place = mkdtempSync(join(tmpdir(), 'millrace-diff-'));
  onTestFinished(() => removeBundle(place));
  const [a, b] = await Promise.all(
    [before, after].map(async (parts, i) => {
      const file = join(place, `${i}.mrb`);
      writeFileSync(file, mrb(bundleOf(parts)));
      return await readBundle(file);
    }),
  );
  if (!a || !b) throw new Error('two bundles were expected');
  const { parts, same } = await diffBundles(a, b);
  expect(same).toBe(a.digest === b.digest);
  return parts.flatMap(({ title, changes }) =>
    changes.flatMap(({ sign, text, details = [] }) => [
      `${title}: ${sign} ${text}`,
      ...details.map((detail) => `  ${detail}`),
    ]),
  );
}

const flowWords = (changes: Parameters<typeof flowWith>[0]) => wordsOf({ flow: FLOW }, { flow: flowWith(changes) });

describe('what changed between two bundles', () => {
  it('is nothing where both are the same', async () => {
    expect(await flowWords({})).toEqual([]);
  });

  it('is told setting by setting', async () => {
    expect(await flowWords({ window: { length: 4, stride: 1 }, infer: { name: 'well?' } })).toEqual([
      'Tab "Pump": ~ infer "well?"',
      '  name: "health" → "well?"',
      'Tab "Pump": ~ window "window"',
      '  length: 2 → 4',
      '  stride: nothing → 1',
    ]);
  });

  it('is told within lists and objects, and by the names of nodes in place of their ids', async () => {
    expect(await flowWords({ sw: { rules: [{ t: 'gt', v: 1 }] }, up: { target: 'other' } })).toEqual([
      'Tab "Pump": ~ switch "ill?"',
      '  rules[0].t: "eq" → "gt"',
      'Tab "Pump": ~ upload (up)',
      '  target: target "cloud" → target "other cloud"',
    ]);
  });

  it('is a node that came, one that went, and the wires that lead to what was there', async () => {
    const debug = { type: 'debug', z: 'pump', name: 'look', x: 5, y: 5, wires: [] };
    expect(await flowWords({ look: debug, sw: { wires: [['up'], ['look']] } })).toEqual([
      'Tab "Pump": + debug "look"',
      'Tab "Pump": + wire "ill?", output 2 → "look"',
    ]);
    expect(await flowWords({ up: undefined, sw: { wires: [[], []] } })).toEqual([
      'Tab "Pump": - upload (up)',
      'Tab "Pump": - wire "ill?", output 1 → upload (up)',
    ]);
  });

  it('is a wire that leads elsewhere, and nothing else', async () => {
    expect(await flowWords({ window: { wires: [['sw']] } })).toEqual([
      'Tab "Pump": + wire "window" → "ill?"',
      'Tab "Pump": - wire "window" → "health"',
    ]);
  });

  it('is a tab, a node that was switched off, and one that went to another tab', async () => {
    const changes = { second: { type: 'tab', label: 'Second' }, up: { d: true }, sw: { z: 'second' } };
    expect(await flowWords(changes)).toEqual([
      'Tab "Pump": ~ upload (up)',
      '  switched off',
      'Tab "Second": + tab "Second"',
      'Tab "Second": ~ switch "ill?"',
      '  moved from tab "Pump" to tab "Second"',
    ]);
  });

  it('is only that nodes were moved about in the editor', async () => {
    expect(await flowWords({ window: { x: 400 }, infer: { y: 300 } })).toEqual(['In the editor: ~ 2 nodes moved']);
  });

  it('is line by line in code', async () => {
    const code = { type: 'function', z: 'pump', name: 'code', x: 1, y: 1, wires: [] };
    const before = flowWith({ code: { ...code, func: 'const a = 1;\nconst b = 2;\nreturn msg;' } });
    const after = flowWith({ code: { ...code, func: 'const a = 1;\nconst b = 3;\nreturn msg;' } });
    expect(await wordsOf({ flow: before }, { flow: after })).toEqual([
      'Tab "Pump": ~ function "code"',
      '  func:',
      '    - const b = 2;',
      '    + const b = 3;',
    ]);
  });

  it('never shows what may be secret, wherever somebody has put it', async () => {
    const before = flowWith({
      cloud: { apiToken: 'hunter1', headers: [{ name: 'Authorization', value: 'hunter1' }], env: [] },
      pump: { env: [{ name: 'A', type: 'cred', value: 'hunter1' }] },
    });
    const after = flowWith({
      cloud: {
        apiToken: 'hunter2',
        headers: [{ name: 'Authorization', value: 'hunter2' }],
        env: [{ name: 'X', password: 'hunter2' }],
      },
      pump: { env: [{ name: 'A', type: 'cred', value: 'hunter2' }] },
    });
    const words = await wordsOf({ flow: before }, { flow: after });
    expect(words.join('\n')).not.toContain('hunter');
    expect(words).toEqual([
      'Tab "Pump": ~ tab "Pump"',
      '  env[0]: changed',
      'Shared settings: ~ target "cloud"',
      '  apiToken: changed',
      '  env: with something that is not shown',
      '  headers[0]: changed',
    ]);
  });

  it('is a model of another version, a setting, a package, a test and a recording', async () => {
    const model = (version: string, digit: string) => ({
      ...{ name: 'pump-health', version, digest: digit.repeat(64), references: ['', 'pump-health'] },
    });
    const thing = (version: string) => ({
      ...{ name: 'red-thing', version, path: 'node_modules/red-thing', tarball: 'packages/thing.tgz', native: false },
      integrity: `sha512-${Buffer.alloc(64, version).toString('base64')}`,
    });
    const secret = { name: 'CLOUD_PASSWORD', secret: true, use: 'password of the target "cloud"' };
    const files = { 'packages/thing.tgz': 'x', 'tests/a.json': '1', 'tests/b.json': '1', 'recordings/day.csv': '1' };
    const { needs } = bundleOf({ flow: FLOW }).manifest;
    const words = await wordsOf(
      { flow: FLOW, files, manifest: { models: [model('1.0.0', 'a')], packages: [thing('1.0.0')] } },
      {
        flow: FLOW,
        files: { ...files, 'tests/a.json': '2', 'tests/c.json': '3' },
        manifest: {
          ...{ models: [model('1.1.0', 'b')], packages: [thing('2.0.0')], settings: [secret], runtime: '0.2.0' },
          ...{ architectures: ['linux-arm64'], needs: { ...needs, allowed: ['exec'] } },
        },
      },
    );
    expect(words).toEqual([
      'Models: ~ pump-health 1.0.0 → 1.1.0 (the example, pump-health)',
      'Set on the device: + CLOUD_PASSWORD, secret: password of the target "cloud"',
      'Node packages: ~ red-thing 1.0.0 → 2.0.0',
      'Tests: ~ a.json',
      'Tests: + c.json',
      'The bundle: ~ needs Millrace: 0.1.0 → 0.2.0',
      'The bundle: ~ for: any → linux-arm64',
      'The bundle: ~ core nodes that may run: none → exec',
    ]);
  });
});

describe('the lines that changed in a text', () => {
  const line: fc.Arbitrary<string> = fc.constantFrom('a', 'b', 'c', 'd');
  const lines = fc.array(line, { minLength: 1, maxLength: 5 });

  it('make the one text of the other', () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const changes = diffText(before.join('\n'), after.join('\n'));
        const gone = changes.filter((change) => change.startsWith('- ')).map((change) => change.slice(2));
        const come = changes.filter((change) => change.startsWith('+ ')).map((change) => change.slice(2));
        // Taking away what went and adding what came gives the same lines, in whatever order.
        const rest = [...before];
        for (const each of gone) rest.splice(rest.indexOf(each), 1);
        expect([...rest, ...come].sort()).toEqual([...after].sort());
      }),
    );
  });

  it('are few to see, however many there are', () => {
    const long = (letter: string) => Array.from({ length: 5_000 }, (_, i) => `${letter}${i}`).join('\n');
    const changes = diffText(long('a'), long('b'));
    expect(changes).toHaveLength(13);
    expect(changes.at(-1)).toBe('… and 9988 more lines');
  });
});
