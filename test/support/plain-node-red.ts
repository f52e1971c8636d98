/** Node-RED as people have it: its own command, a plain user directory, our package installed into it from a tarball. */
import { execFile, spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { type FlowNode, until } from './node-red.ts';
import { freePort } from './studio.ts';

const run = promisify(execFile);
const root = resolve(import.meta.dirname, '../..');

/** Packs both packages. @returns the path of the tarball of this name */
export async function packed(name: 'millrace' | 'millrace-studio'): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'scripts/pack.ts')], { cwd: root });
  const found = new RegExp(`^(\\S+/${name}-\\d\\S*\\.tgz)`, 'm').exec(stdout)?.[1];
  if (found === undefined) throw new Error(`no tarball of ${name} in:\n${stdout}`);
  return found;
}

/** Installs a tarball into a new user directory, as a person would. */
export async function installed(tarball: string, options: readonly string[] = []): Promise<string> {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-plain-'));
  await writeFile(join(userDir, 'package.json'), JSON.stringify({ name: 'node-red-project', version: '0.0.1' }));
  await run('npm', ['install', tarball, '--no-audit', '--no-fund', '--prefer-offline', ...options], {
    cwd: userDir,
    env: { ...process.env, ONNXRUNTIME_NODE_INSTALL: 'skip' },
  });
  return userDir;
}

interface Manifest {
  readonly name: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** Every installed package, by name. */
export async function installedPackages(userDir: string): Promise<Map<string, Manifest>> {
  const lock = JSON.parse(await readFile(join(userDir, 'node_modules/.package-lock.json'), 'utf8')) as {
    packages: Record<string, object>;
  };
  const entries = Object.keys(lock.packages).map(async (path) => {
    const manifest = JSON.parse(await readFile(join(userDir, path, 'package.json'), 'utf8')) as Manifest;
    return [manifest.name, manifest] as const;
  });
  return new Map(await Promise.all(entries));
}

/** The compiled add-ons below a directory. */
export async function nativeFiles(directory: string): Promise<string[]> {
  const files = await readdir(directory, { recursive: true });
  return files.filter((file) => /\.node$|(^|\/)binding\.gyp$/.test(file));
}

export interface PlainNodeRed {
  readonly url: string;
  output(): string;
  stop(): Promise<void>;
}

/** Starts the `node-red` command on this user directory. */
export async function startPlainNodeRed(userDir: string): Promise<PlainNodeRed> {
  const port = await freePort();
  const settings = { uiHost: '127.0.0.1', uiPort: port, editorTheme: { palette: { catalogues: [] }, tours: false } };
  const file = join(userDir, 'settings.js');
  await writeFile(file, `module.exports = ${JSON.stringify({ ...settings, credentialSecret: 'test' })};\n`);
  const command = join(root, 'node_modules/node-red/red.js');
  const child = spawn(process.execPath, [command, '--userDir', userDir, '--settings', file], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
  child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
  const ended = new Promise<void>((done) => child.on('exit', () => done()));
  await until(() => {
    if (child.exitCode !== null) throw new Error(`node-red ended with ${child.exitCode}:\n${output}`);
    return /Started flows|Server now running/.test(output) || undefined;
  }, 'Node-RED to start');
  return {
    url: `http://127.0.0.1:${port}`,
    output: () => output,
    async stop() {
      child.kill('SIGTERM');
      await ended;
      await rm(userDir, { recursive: true, force: true });
    },
  };
}

/** Deploys a flow as the editor does. */
export async function deploy(url: string, flow: readonly FlowNode[]): Promise<void> {
  const answer = await fetch(`${url}/flows`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'Node-RED-API-Version': 'v1' },
    body: JSON.stringify(flow),
  });
  if (!answer.ok) throw new Error(`deploy answered ${answer.status}: ${await answer.text()}`);
}
