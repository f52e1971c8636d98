import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * A mosquitto that takes what comes and keeps nothing.
 *
 * @returns undefined where mosquitto is not installed
 */
export async function startMosquitto(port?: number): Promise<Mosquitto | undefined> {
  const listening = port ?? (await freePort());
  const directory = mkdtempSync(join(tmpdir(), 'millrace-mosquitto-'));
  const file = join(directory, 'mosquitto.conf');
  const lines = [`listener ${listening} 127.0.0.1`, 'allow_anonymous true', 'persistence false', 'log_dest none'];
  // Without a bound of its own it would drop what it has no time for.
  writeFileSync(file, `${[...lines, 'max_queued_messages 0', 'max_inflight_messages 0'].join('\n')}\n`);
  const server = spawn('mosquitto', ['-c', file], {
    stdio: 'ignore',
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
  });
  const missing = new Promise<true>((resolve) => server.once('error', () => resolve(true)));
  if (await Promise.race([missing, reachable(listening, server)])) {
    rmSync(directory, { recursive: true });
    return undefined;
  }
  return {
    port: listening,
    url: `mqtt://127.0.0.1:${listening}`,
    async stop() {
      const ended = once(server, 'close');
      server.kill('SIGKILL');
      await ended;
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function reachable(port: number, server: ChildProcess): Promise<undefined> {
  for (let tries = 0; tries < 200 && server.exitCode === null; tries++) {
    const socket = connect(port, '127.0.0.1');
    const open = await new Promise<boolean>((resolve) => {
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
    });
    socket.destroy();
    if (open) return undefined;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`mosquitto does not listen on ${port}`);
}
