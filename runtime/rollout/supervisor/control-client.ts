import { connect, type Socket } from 'node:net';
import { z } from 'zod';
import { MillraceError } from '../../base/index.ts';
import {
  type BoardProfile,
  boardProfile,
  gatewayEvent,
  type GatewayEvent,
  type GatewayIdentity,
  gatewayIdentity,
  type GatewayStatus,
  gatewayStatus,
  type LinkState,
  linkState,
  type LogLine,
  logLine,
  type ReleaseFacts,
  releaseFacts,
} from '../../messages/index.ts';
import { readLines } from '../../workers/index.ts';
import { atSocket, controlAnswer, type ControlRequest, jsonOf } from './control-protocol.ts';
import { errors } from './errors.ts';
import { gatewayPaths } from './paths.ts';

/** The running gateway of a user directory, as the commands on the device ask it. Refusals are the gateway's own errors. */
export interface GatewayControl {
  identity(): Promise<GatewayIdentity>;
  status(): Promise<GatewayStatus>;
  events(after: number): Promise<readonly GatewayEvent[]>;
  /** @param onLine told of what comes later, until `close` */
  log(after: number, onLine?: (line: LogLine) => void): Promise<readonly LogLine[]>;
  metrics(): Promise<string>;
  /** What the real boards that the flow uses have said of themselves: none while it is not up. */
  boards(): Promise<readonly BoardProfile[]>;
  /** Whether the line to the studio is up. */
  link(): Promise<LinkState>;
  /** A bundle file, as from a USB stick. @throws what is wrong with it, DEPLOY_BUSY, BUNDLE_FILE_UNREADABLE */
  take(file: string): Promise<ReleaseFacts>;
  restart(): Promise<void>;
  rollBack(): Promise<void>;
  /** Resolves when the gateway is gone, or `close` was called. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Characters of an answer: all lines of the log that are kept, each at its longest. */
const LONGEST = 64_000_000;

type Ask = ControlRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never;

/** @throws GATEWAY_NOT_RUNNING; every method GATEWAY_SILENT if the gateway ends before it has answered */
export async function connectGateway(userDir: string): Promise<GatewayControl> {
  const socket = await open(gatewayPaths(userDir).control, userDir);
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void; ask: string }>();
  let onLine: (line: LogLine) => void = () => undefined;
  let requests = 0;
  const closed = new Promise<void>((resolve) => {
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      for (const { ask, reject } of waiting.values()) reject(errors.GATEWAY_SILENT({ asked: ask }));
      waiting.clear();
      resolve();
    });
  });
  const hear = (text: string) => {
    const said = controlAnswer.safeParse(jsonOf(text));
    if (!said.success) return void socket.destroy();
    const answer = said.data;
    if ('pushed' in answer) {
      const line = logLine.safeParse(answer.pushed);
      return line.success ? onLine(line.data) : undefined;
    }
    const call = waiting.get(answer.id);
    waiting.delete(answer.id);
    if ('problem' in answer) call?.reject(new MillraceError(answer.problem));
    else call?.resolve(answer.value);
  };
  readLines(socket, hear, LONGEST);
  const ask = <T>(request: Ask, schema: z.ZodType<T>): Promise<T> =>
    new Promise<unknown>((resolve, reject) => {
      const id = ++requests;
      if (!socket.writable) return reject(errors.GATEWAY_SILENT({ asked: request.ask }));
      waiting.set(id, { resolve, reject, ask: request.ask });
      socket.write(`${JSON.stringify({ id, ...request })}\n`);
    }).then((value) => schema.parse(value));
  const nothing = z.unknown().transform(() => undefined);

  return {
    identity: () => ask({ ask: 'identity' }, gatewayIdentity),
    status: () => ask({ ask: 'status' }, gatewayStatus),
    events: (after) => ask({ ask: 'events', after }, z.array(gatewayEvent)),
    log(after, listener) {
      if (listener) onLine = listener;
      return ask({ ask: 'log', after, follow: listener !== undefined }, z.array(logLine));
    },
    metrics: () => ask({ ask: 'metrics' }, z.string()),
    boards: () => ask({ ask: 'boards' }, z.array(boardProfile)),
    link: () => ask({ ask: 'link' }, linkState),
    take: (file) => ask({ ask: 'take', file }, releaseFacts),
    restart: () => ask({ ask: 'restart' }, nothing),
    rollBack: () => ask({ ask: 'roll-back' }, nothing),
    closed,
    close: () => socket.destroy(),
  };
}

async function open(file: string, userDir: string): Promise<Socket> {
  return await atSocket(
    file,
    (path) =>
      new Promise<Socket>((resolve, reject) => {
        const socket = connect(path);
        socket.once('connect', () => resolve(socket));
        socket.once('error', (cause) => reject(errors.GATEWAY_NOT_RUNNING({ userDir }, { cause })));
      }),
  );
}
