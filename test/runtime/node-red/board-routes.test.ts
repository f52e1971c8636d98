/** What the dialogs and the sidebar ask of boards, at a real admin API: of a board of the flow and of the built-in one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as boardConfig from '../../../nodes/board/config.ts';
import board from '../../../nodes/board/node.ts';
import { systemClock } from '../../../runtime/base/index.ts';
import { type Boards, createBoards } from '../../../runtime/devices/index.ts';
import { boardAbilities, serialPorts } from '../../../runtime/messages/index.ts';
import { serveBoards } from '../../../runtime/node-red/admin/boards.ts';
import { adminRoutes } from '../../../runtime/node-red/admin/routes.ts';
import type { Red } from '../../../runtime/node-red/index.ts';
import type { Services } from '../../../runtime/services/index.ts';
import { createViewHub } from '../../../runtime/services/index.ts';
import { type EmbeddedNodeRed, startNodeRed } from '../../support/node-red.ts';

let boards: Boards;
let nodeRed: EmbeddedNodeRed;
const flow = [{ id: 'glass', type: 'board', name: 'the glasshouse', scene: 'greenhouse' }];

async function start(settings: Record<string, unknown> = {}) {
  boards = createBoards({ clock: systemClock });
  const services = { clock: systemClock, views: createViewHub(), boards } as unknown as Services;
  const register = (red: Red) => {
    serveBoards(adminRoutes(red), services);
    board(red, { services }, boardConfig.palette);
  };
  nodeRed = await startNodeRed({ register, settings });
  await nodeRed.deploy(flow);
}
async function stop() {
  await nodeRed.stop();
  await boards.close();
}
beforeAll(() => start(), 60_000);
afterAll(stop);

const ask = async (path: string): Promise<unknown> => (await fetch(`${nodeRed.url}/millrace/boards/${path}`)).json();
const send = (id: string, body: unknown, headers = {}) =>
  fetch(`${nodeRed.url}/millrace/boards/${id}/world`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const post = async (id: string, body: unknown): Promise<unknown> => (await send(id, body)).json();
const found = async (id: string) => {
  const running = await boards.find(id);
  if (!running) throw new Error(`no board "${id}" runs`);
  return running;
};

describe('boards at the admin API', () => {
  it('say what they can do, and what a virtual one is wired to', async () => {
    const { hardware, connected, pins, chips, features } = boardAbilities.parse(await ask('glass/abilities'));
    expect({ hardware, connected }).toEqual({ hardware: 'virtual', connected: true });
    expect(pins.map(({ name }) => name)).toEqual(expect.arrayContaining(['A0', 'A5', 'D2', 'D13']));
    expect(chips).toContainEqual({ chip: 'bme280', address: 0x76 });
    expect(features).toContain('i2c');
    const { chips: none, inputs } = boardAbilities.parse(await ask('standard/abilities'));
    expect(none).toEqual([]);
    expect(inputs).toContainEqual(expect.objectContaining({ pin: 'A3', kind: 'tmp36' }));
  });

  it('list what is plugged in, which may be nothing', async () => {
    expect(serialPorts.parse(await ask('ports')).ports).toBeInstanceOf(Array);
  });

  it('have a world that a slider changes, of the flow’s board and of the built-in one', async () => {
    expect(await post('glass', { world: { outside: 31 } })).toEqual({});
    expect((await found('glass')).state().world).toMatchObject({ outside: 31 });
    expect(await post('standard', { world: { bearing: 'worn' } })).toEqual({});
    expect((await found('standard')).state().world).toMatchObject({ bearing: 'worn' });
  });

  it('refuse what their world does not have, and leave it as it was', async () => {
    const before = (await found('glass')).state().world;
    for (const world of [{ outside: 400 }, { outside: 'warm' }, { bearing: 'worn' }, { window: 'painted' }]) {
      expect(await post('glass', { world }), JSON.stringify(world)).toMatchObject({
        code: 'WORLD_INVALID',
        hint: expect.stringMatching(/\S/) as unknown,
      });
    }
    for (const body of [{}, { world: 'warm' }, { world: { outside: null } }]) {
      const answer = await send('glass', body);
      expect(answer.status, JSON.stringify(body)).toBe(400);
      expect(await answer.json()).toMatchObject({ code: expect.stringMatching(/_INVALID$/) as unknown });
    }
    expect((await found('glass')).state().world).toEqual(before);
  });

  it('are said not to run where none does, with its id', async () => {
    const gone = { code: 'NODE_NOT_RUNNING', message: expect.stringContaining('nobody') as unknown };
    expect(await ask('nobody/abilities')).toMatchObject(gone);
    expect(await post('nobody', { world: { outside: 20 } })).toMatchObject(gone);
  });

  it('are seen by whoever may read the flows, and changed by nobody else', async () => {
    await stop();
    await start({
      adminAuth: {
        ...{ type: 'credentials', users: [] },
        tokens: (token: string) => Promise.resolve(token === 'reader' ? { username: 'r', permissions: 'read' } : null),
      },
    });
    const headers = { Authorization: 'Bearer reader' };
    const before = (await found('glass')).state().world;
    for (const path of ['ports', 'glass/abilities', 'standard/abilities']) {
      const url = `${nodeRed.url}/millrace/boards/${path}`;
      expect((await fetch(url, { headers })).status, path).toBe(200);
      expect((await fetch(url)).status, path).toBe(401);
    }
    for (const id of ['glass', 'standard']) {
      expect((await send(id, { world: { outside: 5 } }, headers)).status, id).toBe(401);
    }
    expect((await found('glass')).state().world).toEqual(before);
  });
});
