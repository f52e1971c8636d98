/** The example in docs/senders.md is a real file; it keeps to what every sender keeps to. */
import { readFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { wireMessage, type WireMessage } from '../../runtime/messages/index.ts';
import { TARGET_TYPES } from '../../runtime/outbox/schema.ts';
import { sendersConform } from '../conformance/senders/conformance.ts';
import type { Harness } from '../conformance/senders/harness.ts';
import { connectLines } from './senders/lines.ts';
import { type LinesTarget, linesTarget } from './senders/schema.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(resolve(root, 'docs/senders.md'), 'utf8');

describe('docs/senders.md', () => {
  it('shows the example as it is, with the paths that it has in its room', () => {
    const code = readFileSync(resolve(import.meta.dirname, 'senders/lines.ts'), 'utf8')
      .replaceAll('../../../runtime/outbox/senders/', './')
      .replaceAll("'./schema.ts'", "'../schema.ts'")
      .replaceAll('../../../runtime/outbox/', '../');
    expect(page).toContain('```ts\n' + code + '```');
  });

  it('has a part for every kind of destination', () => {
    for (const type of TARGET_TYPES) expect(page).toMatch(new RegExp(`^## .*\`${type}\``, 'm'));
  });
});

/** At line feeds only: node:readline also breaks lines at U+2028, which JSON may hold as it is. */
async function* linesOf(socket: Socket): AsyncGenerator<string> {
  let left = '';
  for await (const piece of socket.setEncoding('utf8')) {
    const parts = (left + String(piece)).split('\n');
    left = parts.pop() ?? '';
    yield* parts;
  }
}

const lines: Harness<LinesTarget> = {
  kind: 'lines, the example of docs/senders.md',
  repeats: 'once',
  network: true,
  signsIn: false,
  connect: connectLines,
  async start() {
    const batches = new Map<string, WireMessage[]>();
    const sockets = new Set<Socket>();
    const take = async (socket: Socket) => {
      let name = '';
      let left = 0;
      let messages: WireMessage[] = [];
      for await (const line of linesOf(socket)) {
        if (left === 0) {
          const [first = '', count] = line.split(' ');
          [name, left, messages] = [first, Number(count), []];
          continue;
        }
        messages.push(wireMessage.parse(JSON.parse(line)));
        left -= 1;
        if (left > 0) continue;
        batches.set(name, messages);
        socket.write(`ok ${name}\n`);
      }
    };
    const server = createServer((socket) => {
      sockets.add(socket);
      socket.on('error', () => undefined);
      take(socket).catch(() => undefined);
    });
    await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
    const { port } = server.address() as AddressInfo;
    const through = (at: number) => linesTarget.parse({ type: 'lines', port: at });
    return {
      settings: through(port),
      network: { port, through },
      received: () => Promise.resolve([...batches.values()].flat()),
      async stop() {
        for (const socket of sockets) socket.destroy();
        await new Promise((ended) => server.close(ended));
      },
    };
  },
};

sendersConform(lines);
