/** Starts that cannot succeed, and one that can though much is broken: by the command, as a person would. */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, chown, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { until } from '../support/node-red.ts';
import { command, freePort, occupy, startStudio } from '../support/studio.ts';

/** To root nothing is unwritable: it becomes nobody. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
/** Where the checkout lies in root's home, nobody cannot start it. */
const OUT_OF_REACH = NOBODY !== undefined && spawnSync(process.execPath, [command, '--help'], NOBODY).status !== 0;

/** Runs `millrace start` to its end. */
function failingStart(args: readonly string[], owner?: { uid: number; gid: number }) {
  return new Promise<{ code: number | null; output: string }>((done, fail) => {
    const child = spawn(process.execPath, [command, 'start', ...args], {
      ...owner,
      env: { PATH: process.env['PATH'] },
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.stderr.on('data', (chunk: Buffer) => (output += String(chunk)));
    child.on('error', fail);
    child.on('close', (code) => done({ code, output }));
  });
}

describe('millrace start, when it cannot', () => {
  let directory: string;
  beforeAll(async () => (directory = await mkdtemp(join(tmpdir(), 'millrace-bad-start-'))));
  afterAll(() => rm(directory, { recursive: true, force: true }));

  /** Code and value in one line, what to do in the next, and nothing else. */
  const expectRefused = ({ code, output }: { code: number | null; output: string }, name: string, value: string) => {
    const [line, hint, ...rest] = output.trimEnd().split('\n');
    expect(line).toContain(`millrace: ${name}: `);
    expect(line).toContain(value);
    expect(hint).toMatch(/^ {2}\S/);
    expect(rest).toEqual([]);
    expect(code).toBe(1);
  };

  it('names the port that another program uses', async () => {
    const port = await freePort();
    const other = await occupy(port);
    const failed = await failingStart(['--user-dir', join(directory, 'port'), '--port', String(port)]);
    await new Promise((closed) => other.close(closed));
    expectRefused(failed, 'PORT_IN_USE', `port ${port}`);
  });

  it('names a flow file that is no JSON, no flow, or not there', async () => {
    const file = join(directory, 'flow.json');
    const start = () => failingStart(['--port', '0', '--user-dir', join(directory, 'flow'), '--flow', file]);
    expectRefused(await start(), 'FLOW_NOT_FOUND', file);
    await writeFile(file, '[{"id": "tab", "ty');
    expectRefused(await start(), 'FLOW_NOT_JSON', file);
    await writeFile(file, '{"flows": []}');
    expectRefused(await start(), 'FLOW_NOT_A_FLOW', file);
    await rm(file);
    await mkdir(file);
    expectRefused(await start(), 'FLOW_NOT_FOUND', file);
  });

  it.skipIf(OUT_OF_REACH)('names a user directory that it may not write', async () => {
    const userDir = join(directory, 'locked');
    await mkdir(userDir, { mode: 0o555 });
    await chmod(directory, 0o755);
    expectRefused(await failingStart(['--port', '0', '--user-dir', userDir], NOBODY), 'USER_DIR_UNUSABLE', userDir);
  });

  it.skipIf(OUT_OF_REACH)('names a file in it that it may not read', async () => {
    const userDir = join(directory, 'half-locked');
    const file = join(userDir, '.config.runtime.json');
    await mkdir(userDir);
    await writeFile(file, '{}', { mode: 0o000 });
    if (NOBODY) await chown(userDir, NOBODY.uid, NOBODY.gid);
    expectRefused(await failingStart(['--port', '0', '--user-dir', userDir], NOBODY), 'FILE_UNUSABLE', file);
  });
});

describe('millrace start, on a user directory that was half written', () => {
  it('runs, with every broken file kept and told', async () => {
    const userDir = await mkdtemp(join(tmpdir(), 'millrace-half-'));
    const broken = ['.config.runtime.json', 'flows/pump.json', 'flows/pump_cred.json'];
    const outbox = join(userDir, 'millrace/outbox');
    await mkdir(join(userDir, 'flows'));
    await mkdir(outbox, { recursive: true });
    await mkdir(join(userDir, 'millrace/models/cut'), { recursive: true });
    for (const file of [...broken, 'millrace/models/cut/model.json']) await writeFile(join(userDir, file), '{"half":');
    await writeFile(join(outbox, 'outbox.sqlite'), 'SQLite format 3\0 and then the power went');

    const studio = await startStudio({ userDir });
    try {
      await until(() => /STORE_QUARANTINED/.test(studio.output()) || undefined, 'the damaged outbox to be told');
      for (const file of broken) {
        expect(studio.output().match(new RegExp(`STATE_FILE_DAMAGED: ${join(userDir, file)} `, 'g'))).toHaveLength(1);
      }
      const kept = (await readdir(userDir, { recursive: true })).filter((name) => /\.(broken|quarantine)-/.test(name));
      expect(kept).toHaveLength(broken.length + 1);
      expect(await studio.stop()).toBe(0);
    } finally {
      await studio.kill();
      await rm(userDir, { recursive: true, force: true });
    }
  });
});
