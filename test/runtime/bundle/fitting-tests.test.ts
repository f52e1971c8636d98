import { describe, expect, it } from 'vitest';
import { packBundle } from '../../../runtime/bundle/index.ts';
import { packing } from '../../support/packing.ts';

const flow = [
  { id: 'hall', type: 'tab', label: 'Hall', disabled: false, info: '' },
  { id: 'tick', type: 'inject', z: 'hall', name: 'every second', x: 0, y: 0, wires: [['on']] },
  { id: 'on', type: 'link out', z: 'hall', name: 'to the yard', mode: 'link', links: ['in'], x: 0, y: 0, wires: [] },
  { id: 'yard', type: 'tab', label: 'Yard', disabled: false, info: '' },
  { id: 'in', type: 'link in', z: 'yard', name: 'from the hall', links: ['on'], x: 0, y: 0, wires: [['count']] },
  { id: 'count', type: 'change', z: 'yard', name: 'count', rules: [], x: 0, y: 0, wires: [[]] },
];
const testOf = (path: string, node: string) => ({
  path,
  bytes: Buffer.from(JSON.stringify({ format: 1, name: path, expect: [{ node, expect: 'nothing' }] })),
});
const tests = [testOf('hall.json', 'every second'), testOf('yard.json', 'count'), testOf('by-id.json', 'in')];

describe('a bundle of some tabs', () => {
  it('comes without the tests that only the others can pass, and says so', async () => {
    const { manifest, warnings } = await packBundle(packing(flow, { tests, tabs: ['hall'] }));
    expect(manifest.tests).toEqual(['tests/hall.json']);
    const said = warnings.map(({ code, message }) => `${code}: ${message}`);
    expect(said).toEqual(
      expect.arrayContaining([
        'TEST_LEFT_OUT: the test yard.json names "count", which is on no tab of the bundle',
        'TEST_LEFT_OUT: the test by-id.json names "in", which is on no tab of the bundle',
        expect.stringMatching(/^LINK_LEFT_OUT: .*to the yard.* leads to .*from the hall/),
      ]),
    );
  });

  it('keeps them all where it has every tab, also one that names a node which is nowhere', async () => {
    const given = [...tests, testOf('typo.json', 'cuont'), { path: 'cut.json', bytes: Buffer.from('{') }];
    const { manifest, warnings } = await packBundle(packing(flow, { tests: given, tabs: ['hall', 'yard'] }));
    expect(manifest.tests).toHaveLength(4);
    // One that cannot be read is told, and stays here.
    expect(warnings.map(({ message }) => message)).toEqual(['the test cut.json cannot be read']);
  });
});
