import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as targetConfig from '../../nodes/target/config.ts';
import * as uploadConfig from '../../nodes/upload/config.ts';
import type { View } from '../../runtime/messages/index.ts';
import type { Outbox } from '../../runtime/outbox/index.ts';
import { bySequence, freePort, listen, startBroker, upTo } from '../runtime/outbox/support.ts';
import type { EmbeddedNodeRed } from '../support/node-red.ts';
import { startUploadRig, uploadFlow as flow } from './upload-rig.ts';

const soon = { timeout: 60_000, interval: 20 };

let rig: Awaited<ReturnType<typeof startUploadRig>>;
let outbox: Outbox;
let nodeRed: EmbeddedNodeRed;
let shown: View[];

beforeAll(async () => {
  rig = await startUploadRig();
  ({ outbox, nodeRed, shown } = rig);
});
afterAll(() => rig.stop());
beforeEach(() => rig.clear());

const receive = (payload: unknown) => nodeRed.node('upload').receive({ payload });
const codes = () => rig.codes();

describe('upload', () => {
  it('sends what it takes, says how much, and keeps a backlog through deploys, other names and other addresses', async () => {
    const away = `mqtt://127.0.0.1:${await freePort()}`;
    await nodeRed.deploy(flow({ kind: 'mqtt', url: away }, { stream: 'pump' }));
    for (const n of upTo(3)) receive(n);
    await nodeRed.status('upload', (text) => text === '3 · not connected');
    expect(shown).toContainEqual(
      expect.objectContaining({ kind: 'outbox', node: 'upload', connected: false, depth: 3 }),
    );
    expect(shown.find(({ kind }) => kind === 'problem')).toMatchObject({ code: 'DESTINATION_UNREACHABLE' });

    await nodeRed.deploy(flow({ kind: 'mqtt', url: away, name: 'another name' }, { stream: 'pump', name: 'me too' }));
    receive(4);
    await nodeRed.status('upload', (text) => text.startsWith('4 ·'));

    const broker = await startBroker();
    await nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, { stream: 'pump' }));
    await nodeRed.status('upload', (text) => text === 'sent 4');
    expect([...bySequence(broker.received, 'pump')]).toEqual(upTo(4).map((n) => [n, n]));
    expect(broker.received[0]?.topic).toBe('millrace/pump');
    expect(broker.received[0]?.message).not.toHaveProperty('_msgid');
  });

  it('works as it is dragged in: without a target, with the usual stream', async () => {
    const broker = await startBroker();
    await nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, { stream: '' }));
    receive({ label: 'healthy' });
    await vi.waitFor(() => expect(broker.received).toHaveLength(1), soon);
    expect(broker.received[0]).toMatchObject({ topic: 'millrace/readings' });

    expect(uploadConfig.config.parse({})).toMatchObject({ target: '', stream: 'readings' });
    expect(targetConfig.config.parse({})).toMatchObject({ kind: 'built-in', port: 1885 });
  });

  it('reports one message that has no JSON form to Catch, and takes the next', async () => {
    const broker = await startBroker();
    await nodeRed.deploy(flow({ kind: 'mqtt', url: broker.url }, { stream: 'odd' }));
    receive(1);
    receive(12n);
    receive(2);
    await vi.waitFor(() => expect(codes()).toEqual(['UPLOAD_UNSERIALISABLE']), soon);
    await vi.waitFor(() => expect([...bySequence(broker.received, 'odd').values()]).toEqual([1, 2]), soon);
  });

  it('shows that the built-in broker’s port is taken, keeps the messages, and goes on when it is free', async () => {
    const other = createServer();
    const port = await listen(other, 0);
    await nodeRed.deploy(flow({ kind: 'built-in', port: String(port) }, { stream: 'local' }));
    receive(1);
    await nodeRed.status('upload', (text) => text === '1 · port in use');
    await vi.waitFor(() => expect(codes()).toContain('BROKER_PORT_IN_USE'), soon);
    await new Promise((resolve) => other.close(resolve));
    await nodeRed.status('upload', (text) => /^(sent|connected)/.test(text));
    // The next deploy frees the port, and the message waits for whoever serves the target next.
    await nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'empty' }]);
    expect(outbox.destinations().find(({ id }) => id === 'cloud')).toMatchObject({ served: false, depth: 1 });
    await listen(other, port);
    await new Promise((resolve) => other.close(resolve));
  });

  it('shows a wrong address on the node that needs it', async () => {
    await nodeRed.deploy(flow({ kind: 'mqtt', url: 'http://cloud' }));
    await nodeRed.status('upload', (text) => text === 'wrong target');
    receive(1);
    await vi.waitFor(() => expect(codes()).toContain('TARGET_INVALID'), soon);
  });
});
