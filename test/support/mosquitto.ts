/** A real mosquitto, started with a configuration of its own on a free loopback port and gone after the test. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PROGRAM = ['/usr/sbin/mosquitto', '/usr/local/sbin/mosquitto', '/opt/homebrew/sbin/mosquitto'].find(existsSync);

/** Nobody: a broker that is started by root changes to another user, who could not read what the test wrote. */
const NOBODY = 65_534;

/** Why tests of it are skipped here; in CI they are not. */
export const mosquittoMissing = PROGRAM === undefined && !process.env['CI'];

export interface MosquittoOptions {
  /** Default: a free one. */
  readonly port?: number;
  /** Who may sign in; none: everybody may. */
  readonly users?: Readonly<Record<string, string>>;
  /** Of an encrypted listener, PEM. With `ca`, clients have to show a certificate that it signed. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string; readonly ca?: string };
  /** Lines of its access control list. */
  readonly acl?: readonly string[];
  /** Further lines of mosquitto.conf. */
  readonly config?: readonly string[];
}

export interface Mosquitto {
  readonly port: number;
  readonly url: string;
  /** What it wrote on stderr. */
  readonly log: () => string;
  /** Ends it at once, as a machine that is switched off. */
  kill(): Promise<void>;
  /** Stops it where it stands: it takes connections, and answers nothing. */
  freeze(): void;
  thaw(): void;
  /** Starts it again with the same port and files. */
  restart(): Promise<void>;
  close(): Promise<void>;
}

export async function startMosquitto(options: MosquittoOptions = {}): Promise<Mosquitto> {
  if (PROGRAM === undefined) throw new Error('mosquitto is not installed: apt-get install mosquitto');
  const directory = await mkdtemp(join(tmpdir(), 'millrace-mosquitto-'));
  chmodSync(directory, 0o755);
  const port = options.port ?? (await freePort());
  const put = async (name: string, text: string) => {
    const file = join(directory, name);
    await writeFile(file, text);
    return file;
  };
  const lines = [`listener ${port} 127.0.0.1`, 'max_queued_messages 0', 'max_queued_bytes 0'];
  const { users, tls, acl, config = [] } = options;
  lines.push(`allow_anonymous ${users ? 'false' : 'true'}`);
  if (users) {
    const file = await put(
      'passwords',
      Object.entries(users)
        .map(([name, word]) => `${name}:${word}\n`)
        .join(''),
    );
    spawnSync('mosquitto_passwd', ['-U', file]);
    chmodSync(file, 0o644);
    lines.push(`password_file ${file}`);
  }
  if (acl) lines.push(`acl_file ${await put('acl', acl.join('\n'))}`);
  if (tls) {
    lines.push(
      `certfile ${await put('server.crt', tls.certificate)}`,
      `keyfile ${await put('server.key', tls.privateKey)}`,
    );
    if (tls.ca !== undefined) lines.push(`cafile ${await put('ca.crt', tls.ca)}`, 'require_certificate true');
  }
  const file = await put('mosquitto.conf', [...lines, ...config, ''].join('\n'));

  let log = '';
  let child: ChildProcess | undefined;
  const start = async () => {
    const user = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    const started = spawn(PROGRAM, ['-c', file], { stdio: ['ignore', 'ignore', 'pipe'], ...user });
    child = started;
    started.stderr?.on('data', (text: Buffer) => (log = (log + text.toString()).slice(-20_000)));
    while (!(await answers(port))) {
      if (started.exitCode !== null) throw new Error(`mosquitto ended: ${log}`);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const kill = async () => {
    const ending = child;
    child = undefined;
    if (!ending || ending.exitCode !== null || ending.signalCode !== null) return;
    const ended = new Promise((resolve) => ending.once('exit', resolve));
    ending.kill('SIGKILL');
    await ended;
  };
  const close = async () => {
    await kill();
    await rm(directory, { recursive: true, force: true });
  };
  await start().catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    port,
    url: `${tls ? 'mqtts' : 'mqtt'}://127.0.0.1:${port}`,
    log: () => log,
    kill,
    freeze: () => void child?.kill('SIGSTOP'),
    thaw: () => void child?.kill('SIGCONT'),
    restart: async () => {
      await kill();
      await start();
    },
    close,
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const answers = (port: number) =>
  new Promise<boolean>((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
