import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { LogLine } from '../../../../runtime/messages/index.ts';
import { serveControl } from '../../../../runtime/rollout/supervisor/control-server.ts';
import { fakeGateway } from '../../../support/gateways.ts';

it('outlives commands that are cut off while the log comes', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-control-'));
  onTestFinished(() => rm(directory, { recursive: true }));
  const listeners = new Set<(line: LogLine) => void>();
  const onLog = (listener: (line: LogLine) => void) => {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  };
  const socket = join(directory, 'control');
  const gateway = { ...fakeGateway(), onLog };
  const nothing = () => Promise.resolve([]);
  const end = await serveControl(socket, { gateway, link: () => ({ connected: false, since: 0 }), boards: nothing });
  onTestFinished(end);
  const tell = () => {
    const line = { sequence: 1, time: 0, source: 'flow', text: 'x'.repeat(2_000) } as const;
    for (const listener of listeners) listener(line);
  };
  for (let cut = 0; cut < 40; cut++) {
    const client = connect(socket);
    client.write(`${JSON.stringify({ id: 1, ask: 'log', after: 0, follow: true })}\n`);
    await expect.poll(() => listeners.size).toBe(1);
    tell();
    await new Promise((resolve) => void client.once('data', resolve));
    // It goes with something unread, and is written to while it goes.
    client.pause();
    tell();
    client.destroy();
    tell();
    await new Promise((resolve) => setImmediate(resolve));
    tell();
    await expect.poll(() => listeners.size).toBe(0);
  }
});
