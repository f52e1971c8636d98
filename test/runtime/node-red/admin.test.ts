import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineErrors, systemClock } from '../../../runtime/base/index.ts';
import { settings } from '../../../runtime/messages/index.ts';
import { adminRoutes } from '../../../runtime/node-red/admin/routes.ts';
import { serveTell } from '../../../runtime/node-red/admin/tell.ts';
import { defineNode, type Host, parseRequest, type Red } from '../../../runtime/node-red/index.ts';
import { createViewHub } from '../../../runtime/services/index.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../../support/node-red.ts';

const errors = defineErrors('admin-test', {
  CUPBOARD_LOCKED: {
    title: 'locked',
    meaning: 'The cupboard is locked.',
    message: (v: { key: string }) => `the cupboard needs the key "${v.key}"`,
    hint: 'Fetch the key.',
  },
});

let nodeRed: EmbeddedNodeRed;
const host = { services: { clock: systemClock, views: createViewHub() } } as unknown as Host;

beforeAll(async () => {
  nodeRed = await startNodeRed({
    register: (red: Red) => {
      const routes = adminRoutes(red);
      routes.on('get', '/cupboard/:shelf', 'flows.read', ({ params }) => ({ shelf: params['shelf'] }));
      routes.on('post', '/cupboard', 'flows.write', () => {
        throw errors.CUPBOARD_LOCKED({ key: 'brass' });
      });
      routes.on('get', '/lines', 'flows.read', async function* () {
        await Promise.resolve();
        yield { line: 1 };
        yield { line: 2 };
      });
      serveTell(routes);
      defineNode({ type: 'deaf', config: z.object({ name: settings.text() }), setup: () => ({}) })(red, host, {
        ...{ category: 'prepare', inputs: 1, outputs: 1 },
      });
      const config = z.object({ name: settings.text(), factor: settings.number({ default: 2, min: 0 }) });
      defineNode({
        type: 'multiplies',
        config,
        setup() {
          let last = NaN;
          return {
            input: ({ payload }) => void (last = Number(payload)),
            seen: () => last,
            told: (command) => ({ last: (last = parseRequest(z.object({ last: z.number() }), command).last) }),
          };
        },
        preview: ({ factor }, { behaviour }) => ({ factor, last: behaviour?.seen?.() ?? null }),
      })(red, host, { category: 'prepare', inputs: 1, outputs: 1 });
    },
  });
});
afterAll(() => nodeRed.stop());

const ask = (path: string, init?: RequestInit) => fetch(`${nodeRed.url}/millrace${path}`, init);
const post = (path: string, body: unknown) =>
  ask(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) });

describe('the admin routes', () => {
  it('answer with JSON, and with coded errors', async () => {
    expect(await (await ask('/cupboard/top')).json()).toEqual({ shelf: 'top' });
    const refused = await post('/cupboard', {});
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'CUPBOARD_LOCKED', hint: 'Fetch the key.' });
  });

  it('send what comes bit by bit as lines', async () => {
    expect(await (await ask('/lines')).text()).toBe('{"line":1}\n{"line":2}\n');
  });

  it('preview settings that are not deployed, with what the deployed node has seen', async () => {
    const settings = { factor: '3' };
    expect(await (await post('/nodes/multiplies/preview', { id: 'm', settings })).json()).toEqual({
      factor: 3,
      last: null,
    });
    await nodeRed.deploy([
      { id: 'tab', type: 'tab', label: 'tab' },
      { id: 'm', type: 'multiplies', z: 'tab', x: 1, y: 1, name: '', factor: 2, wires: [[]] },
    ]);
    nodeRed.node('m').receive({ payload: 7 });
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await (await post('/nodes/multiplies/preview', { id: 'm', settings })).json()).toEqual({
      factor: 3,
      last: 7,
    });
    const wrong = await post('/nodes/multiplies/preview', { id: 'm', settings: { factor: -1 } });
    expect(await wrong.json()).toMatchObject({ code: 'SETTING_INVALID' });
    expect(await (await post('/nodes/multiplies/preview', {})).json()).toMatchObject({
      code: 'PREVIEW_WITHOUT_SETTINGS',
    });
  });

  it('tell a running node what a button in the editor says, and answer what it says', async () => {
    const at = { z: 'tab', x: 1, y: 1, name: '', wires: [[]] };
    await nodeRed.deploy([
      { id: 'tab', type: 'tab', label: 'tab' },
      { id: 'm', type: 'multiplies', factor: 2, ...at },
      { id: 'd', type: 'deaf', ...at },
    ]);
    expect(await (await post('/tell/m', { last: 5 })).json()).toEqual({ last: 5 });
    expect(await (await post('/nodes/multiplies/preview', { id: 'm', settings: {} })).json()).toMatchObject({
      last: 5,
    });
    expect(await (await post('/tell/m', { last: 'five' })).json()).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await (await post('/tell/d', {})).json()).toMatchObject({ code: 'REQUEST_INVALID' });
    expect(await (await post('/tell/gone', {})).json()).toMatchObject({ code: 'NODE_NOT_RUNNING' });
  });
});
