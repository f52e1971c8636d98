import { execFile, spawn } from 'node:child_process';
import { chown, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';

const run = promisify(execFile);

/** PostgreSQL does not run as root: then it runs as nobody. */
const NOBODY = 65_534;
const asUser = (program: string, ...args: string[]): [string, string[]] =>
  process.getuid?.() === 0
    ? ['setpriv', [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', program, ...args]]
    : [program, args];

/** Where Debian keeps the server's programs; `undefined` if it is not installed. */
async function programs(): Promise<string | undefined> {
  const versions = await readdir('/usr/lib/postgresql').catch(() => []);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  return newest === undefined ? undefined : `/usr/lib/postgresql/${newest}/bin`;
}

/** Whether a real server can be started here. Where it must be (CI), its absence is an error. */
export async function hasPostgres(): Promise<boolean> {
  if ((await programs()) !== undefined) return true;
  if (process.env['CI']) throw new Error('PostgreSQL is not installed: apt-get install postgresql');
  process.stderr.write('PostgreSQL is not installed: its tests are skipped\n');
  return false;
}

export interface PostgresServer extends AsyncDisposable {
  readonly port: number;
  /** Without user and password. */
  readonly url: string;
  readonly username: string;
  readonly password: string;
  /** Where its files lie. */
  readonly directory: string;
  /** Runs statements as the superuser. */
  query(sql: string, values?: readonly unknown[]): Promise<Record<string, unknown>[]>;
  /** `immediate`: as if the machine had been switched off. */
  stop(how?: 'fast' | 'immediate'): Promise<void>;
  start(): Promise<void>;
}

interface PostgresOptions {
  /** PEM texts, or a folder's worth of them: the server encrypts, and asks for a client's certificate if `ca` is given. */
  readonly tls?: { readonly certificate: string; readonly privateKey: string; readonly ca?: string };
}

/** A PostgreSQL server of its own in a temporary directory, on a free port of this machine. */
export async function startPostgres({ tls }: PostgresOptions = {}): Promise<PostgresServer> {
  const bin = await programs();
  if (bin === undefined) throw new Error('PostgreSQL is not installed');
  const directory = await mkdtemp(join(tmpdir(), 'millrace-postgres-'));
  const data = join(directory, 'data');
  const [username, password] = ['millrace', 'secret word'];
  const own = async (file: string, text: string) => {
    await writeFile(join(directory, file), text, { mode: 0o600 });
    if (process.getuid?.() === 0) await chown(join(directory, file), NOBODY, NOBODY);
  };
  if (process.getuid?.() === 0) await chown(directory, NOBODY, NOBODY);
  await own('password', password);
  const init = ['--auth=scram-sha-256', `--username=${username}`, `--pwfile=${join(directory, 'password')}`];
  // What it writes may be lost with the machine, but not with the process: a test needs no more.
  await run(...asUser(join(bin, 'initdb'), '-D', data, '--no-sync', '-E', 'UTF8', '--locale=C', ...init));
  if (tls) {
    await own('server.crt', tls.certificate);
    await own('server.key', tls.privateKey);
    if (tls.ca !== undefined) {
      await own('ca.crt', tls.ca);
      await own('data/pg_hba.conf', 'hostssl all all all scram-sha-256 clientcert=verify-ca\n');
    } else await own('data/pg_hba.conf', 'hostssl all all all scram-sha-256\n');
  }
  const port = await freePort();
  const settings = {
    ...{ port, listen_addresses: '127.0.0.1', unix_socket_directories: '', fsync: 'off', log_min_messages: 'fatal' },
    ...(tls && {
      ...{ ssl: 'on', ssl_cert_file: join(directory, 'server.crt'), ssl_key_file: join(directory, 'server.key') },
      ...(tls.ca !== undefined && { ssl_ca_file: join(directory, 'ca.crt') }),
    }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  let child: ReturnType<typeof spawn> | undefined;
  let ended: Promise<unknown> = Promise.resolve();

  const connectAs = async (): Promise<pg.Client> => {
    const client = new pg.Client({
      ...{ host: '127.0.0.1', port, user: username, password, database: 'postgres' },
      ...(tls && { ssl: { rejectUnauthorized: false, cert: tls.certificate, key: tls.privateKey } }),
    });
    client.on('error', () => undefined);
    await client.connect();
    return client;
  };
  const query: PostgresServer['query'] = async (sql, values = []) => {
    const client = await connectAs();
    try {
      const { rows } = values.length > 0 ? await client.query(sql, [...values]) : await client.query(sql);
      return rows as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  };
  const start = async () => {
    const [program, args] = asUser(join(bin, 'postgres'), '-D', data, ...flags);
    const started = spawn(program, args, { stdio: 'ignore' });
    child = started;
    ended = new Promise((resolve) => started.once('exit', resolve));
    for (;;) {
      if (started.exitCode !== null) throw new Error('PostgreSQL did not start');
      try {
        return await (await connectAs()).end();
      } catch (error) {
        // 57P03: it is still starting up. Anything else that is an answer means that it has.
        const { code = '' } = error as { code?: string };
        if (/^[0-9A-Z]{5}$/.test(code) && code !== '57P03') return;
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const stop: PostgresServer['stop'] = async (how = 'fast') => {
    child?.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  };
  try {
    await start();
  } catch (error) {
    await stop('immediate');
    await rm(directory, { recursive: true, force: true });
    throw error;
  }
  return {
    ...{ port, username, password, directory, query, start, stop },
    url: `postgres://127.0.0.1:${port}/postgres`,
    async [Symbol.asyncDispose]() {
      await stop('immediate');
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}
