import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { createInjectGate } from '../../../runtime/server/inject-gate.ts';
import type { NodeRed } from '../../../runtime/server/node-red.ts';
import { startNodeRed } from '../../support/node-red.ts';

const red = createRequire(import.meta.url)('node-red') as NodeRed;
const at = { z: 'tab', x: 10, y: 10 };
const count = `global.set(msg.topic, (global.get(msg.topic) ?? 0) + 1); node.status(global.get('a') + ' ' + global.get('b'));`;

describe('inject nodes, while a server stops', () => {
  it('send nothing more, and others do', async () => {
    const nodeRed = await startNodeRed();
    await nodeRed.deploy([
      { id: 'tab', type: 'tab', label: 'Test' },
      { id: 'inject', type: 'inject', ...at, props: [{ p: 'topic', vt: 'str' }], topic: 'a', wires: [['count']] },
      { id: 'other', type: 'function', ...at, func: 'return msg;', outputs: 1, wires: [['count']] },
      { id: 'count', type: 'function', ...at, func: count, outputs: 0, wires: [] },
    ]);
    const gate = createInjectGate(red);
    const send = () => {
      nodeRed.node('inject').receive({});
      nodeRed.node('other').receive({ topic: 'b' });
    };
    send();
    await nodeRed.status('count', (text) => text === '1 1');
    gate.stop();
    send();
    expect(await nodeRed.status('count', (text) => text.endsWith('2'))).toBe('1 2');
    gate.end();
    send();
    await nodeRed.status('count', (text) => text === '2 3');
    await nodeRed.stop();
  });
});
