import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createLog } from '../../../runtime/server/index.ts';
import { createViewHub, type Services } from '../../../runtime/services/index.ts';
import { startHost as startHere } from '../../../runtime/server/start-host.ts';
import { endpoint, startHost, tab, temporaryDirectory } from './host.ts';

/** Writes what it is sent to a file, a line each. */
const keep = (file: string) => ({
  ...{ id: 'keep', type: 'file', z: 'tab', x: 300, y: 100, filename: file, filenameType: 'str' },
  ...{ appendNewline: true, overwriteFile: 'false', encoding: 'none', wires: [[]] },
});

const linesOf = async (file: string) => (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);

/** What the host itself uses of the services. */
const servicesWith = (parts: object) => {
  const outbox = { onWarning: () => () => undefined };
  const none = { views: createViewHub(), outbox, pause: () => undefined, close: () => Promise.resolve() };
  return { ...none, ...parts } as unknown as Services;
};

async function startInThisProcess(
  flow: readonly Record<string, unknown>[],
  services?: Services,
  write: (line: string) => void = () => undefined,
) {
  const userDir = await temporaryDirectory();
  const file = join(userDir, 'flow.json');
  await writeFile(file, JSON.stringify(flow));
  const log = createLog({ clock: systemClock, write });
  const options = { userDir, port: 0, flow: file, log };
  return startHere(options, { clock: systemClock, ...(services && { services: () => Promise.resolve(services) }) });
}

describe('a start', () => {
  it('logs what the outbox warns of, for which there may be no node', async () => {
    const lines: string[] = [];
    const warning = Object.assign(new Error('3 messages wait'), { code: 'BACKLOG_UNSERVED', hint: 'h', title: 't' });
    const outbox = {
      onWarning(tell: (warning: unknown) => void) {
        tell(warning);
        return () => undefined;
      },
    };
    const server = await startInThisProcess([tab], servicesWith({ outbox }), (line) => lines.push(line));
    expect(await server.stop()).toBe(true);
    expect(lines.join('\n')).toContain('warn  BACKLOG_UNSERVED: 3 messages wait');
  });
});

describe('a stop', () => {
  it('finishes every request that it answers, while a client goes on posting', async () => {
    const userDir = await temporaryDirectory();
    const file = join(userDir, 'kept.txt');
    const feed = endpoint('/feed', `msg.payload = msg.req.query.n;`).map((node) =>
      node['type'] === 'function' ? { ...node, wires: [['feed-out', 'keep']] } : node,
    );
    const host = await startHost({ userDir, flow: [tab, ...feed, keep(file)] });
    const answered: string[] = [];
    const refused: number[] = [];
    let ended: Promise<number | null> | undefined;
    for (let n = 1; ; n++) {
      if (n === 50) ended = host.stop();
      const answer = await host.get(`/feed?n=${n}`).catch(() => undefined);
      if (!answer) break;
      if (answer.status === 200) answered.push(String(n));
      else refused.push(answer.status);
    }
    expect(await ended).toBe(0);
    expect(answered.length).toBeGreaterThanOrEqual(49);
    expect(new Set(refused)).toEqual(new Set(refused.length > 0 ? [503] : []));
    expect(await linesOf(file)).toEqual(expect.arrayContaining(answered));
  });

  it('takes no more requests from its beginning on, and says so', async () => {
    let finish: (() => void) | undefined;
    const closing = new Promise<void>((resolve) => (finish = resolve));
    const services = servicesWith({ close: () => closing });
    const server = await startInThisProcess([tab, ...endpoint('/hello', `msg.payload = 'hello';`)], services);
    expect((await fetch(`${server.url}hello`)).status).toBe(200);
    const stopped = server.stop();
    const refused = await fetch(`${server.url}hello`);
    expect(refused.status).toBe(503);
    expect(await refused.text()).toContain('stopping');
    finish?.();
    expect(await stopped).toBe(true);
  });

  it('leaves nothing of itself in the process', async () => {
    const events = ['uncaughtException', 'unhandledRejection'] as const;
    const before = events.map((event) => process.listenerCount(event));
    const server = await startInThisProcess([tab]);
    expect(events.map((event) => process.listenerCount(event))).toEqual(before.map((count) => count + 1));
    expect(await server.stop()).toBe(true);
    expect(events.map((event) => process.listenerCount(event))).toEqual(before);
  });
});
