import { access, constants, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { z } from 'zod';
import { toPlainError } from '../../base/index.ts';
import type { BoardProfile, LinkState } from '../../messages/index.ts';
import { readLines } from '../../workers/index.ts';
import type { Gateway } from '../types.ts';
import { atSocket, type ControlAnswer, controlRequest, type ControlRequest, jsonOf } from './control-protocol.ts';
import { errors } from './errors.ts';

/** Bytes of a client that does not read what it asked for. */
const UNREAD = 4_000_000;

/** What the commands may ask. */
interface Asked {
  readonly gateway: Gateway;
  readonly link: () => LinkState;
  readonly boards: () => Promise<readonly BoardProfile[]>;
}

/**
 * Answers the commands on the device. Whoever may enter the folder `gateway` of the user directory, its owner, may ask.
 *
 * @returns a function that ends it
 */
export async function serveControl(socket: string, asked: Asked): Promise<() => Promise<void>> {
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    const stops = new Set<() => void>();
    const send = (answer: ControlAnswer) => {
      // A reader that does not keep up is let go: it may ask anew.
      if (client.writableLength > UNREAD) client.destroy();
      else if (client.writable) client.write(`${JSON.stringify(answer)}\n`);
    };
    client.on('error', () => client.destroy());
    client.on('close', () => {
      clients.delete(client);
      for (const stop of stops) stop();
    });
    readLines(client, (line) => {
      void answerTo(line, asked, send, stops).then((answer) => answer && send(answer));
    });
  });
  // Left behind by a gateway that was killed: the lock says that none runs.
  await rm(socket, { force: true });
  await atSocket(socket, async (path) => {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(path, resolve);
    });
  });
  return async () => {
    for (const client of clients) client.destroy();
    await new Promise<void>((resolve) => server.close(() => resolve()));
    await rm(socket, { force: true });
  };
}

async function answerTo(
  line: string,
  of: Asked,
  send: (answer: ControlAnswer) => void,
  stops: Set<() => void>,
): Promise<ControlAnswer | undefined> {
  const parsed = controlRequest.safeParse(jsonOf(line));
  if (!parsed.success) {
    const asked = z.object({ id: z.number() }).safeParse(jsonOf(line));
    if (!asked.success) return undefined;
    const refusal = errors.GATEWAY_REQUEST_INVALID({ problem: z.prettifyError(parsed.error) });
    return { id: asked.data.id, problem: toPlainError(refusal) };
  }
  const { id } = parsed.data;
  try {
    return { id, value: (await valueOf(parsed.data, of, send, stops)) ?? null };
  } catch (error) {
    return { id, problem: toPlainError(error) };
  }
}

async function valueOf(
  request: ControlRequest,
  { gateway, link, boards }: Asked,
  send: (answer: ControlAnswer) => void,
  stops: Set<() => void>,
): Promise<unknown> {
  switch (request.ask) {
    case 'identity':
      return gateway.identity;
    case 'status':
      return gateway.status();
    case 'events':
      return gateway.events(request.after);
    case 'log':
      if (request.follow) stops.add(gateway.onLog((pushed) => send({ pushed })));
      return gateway.log(request.after);
    case 'metrics':
      return await gateway.metrics();
    case 'boards':
      return await boards();
    case 'link':
      return link();
    case 'take':
      return await takeFile(request.file, gateway);
    case 'restart':
      return await gateway.restart();
    case 'roll-back':
      return await gateway.rollBack();
  }
}

async function takeFile(file: string, gateway: Gateway): Promise<unknown> {
  await access(file, constants.R_OK).catch((cause: NodeJS.ErrnoException) => {
    throw errors.BUNDLE_FILE_UNREADABLE({ file, reason: cause.message }, { cause });
  });
  return await gateway.take(file);
}
