/** A broker that answers as a test tells it: bytes by hand, for what no real broker does on demand. @see MQTT 5 */
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';

const [CONNECT, PUBLISH] = [1, 3];

export interface ScriptedBroker {
  readonly url: string;
  /** Seconds of the last CONNECT. */
  readonly keepAlive: number;
  /** Sends bytes to every client. */
  say(...bytes: number[]): void;
}

/**
 * @param answer.connack reason code of MQTT 5's CONNACK
 * @param answer.puback  reason code for the n-th message, from 0; `undefined`: none at all
 */
export async function startScriptedBroker(answer: {
  readonly connack?: number;
  readonly puback?: (n: number) => number | undefined;
}): Promise<ScriptedBroker> {
  const sockets = new Set<Socket>();
  let keepAlive = 0;
  let published = 0;

  const take = (socket: Socket, type: number, body: Buffer) => {
    if (type === CONNECT) {
      keepAlive = body.readUInt16BE(8);
      socket.write(Buffer.from([0x20, 3, 0, answer.connack ?? 0, 0]));
    }
    if (type === PUBLISH) {
      const code = answer.puback?.(published++);
      const at = 2 + body.readUInt16BE(0);
      if (code !== undefined) socket.write(Buffer.from([0x40, 3, body[at] ?? 0, body[at + 1] ?? 0, code]));
    }
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    let left = Buffer.alloc(0);
    socket.on('data', (piece) => {
      left = Buffer.concat([left, piece]);
      for (let length = packetLength(left); length !== undefined; length = packetLength(left)) {
        take(socket, (left[0] ?? 0) >> 4, left.subarray(length.header, length.whole));
        left = left.subarray(length.whole);
      }
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return {
    url: `mqtt://127.0.0.1:${(server.address() as AddressInfo).port}`,
    get keepAlive() {
      return keepAlive;
    },
    say: (...bytes) => sockets.forEach((socket) => socket.write(Buffer.from(bytes))),
  };
}

/** Of the first packet in the bytes, if it is whole. @see MQTT 5, 1.5.5 */
function packetLength(bytes: Buffer): { header: number; whole: number } | undefined {
  let remaining = 0;
  for (let at = 1, factor = 1; at < bytes.length && at < 5; at += 1, factor *= 128) {
    const digit = bytes[at] ?? 0;
    remaining += (digit & 0x7f) * factor;
    if (digit & 0x80) continue;
    const whole = at + 1 + remaining;
    return bytes.length < whole ? undefined : { header: at + 1, whole };
  }
  return undefined;
}
