import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { gatewayUnit } from '../../../runtime/cli/gateway-unit.ts';
import { millrace, millraceHere } from '../../support/command.ts';
import { command } from '../../support/studio.ts';

const analyse = spawnSync('systemd-analyze', ['--version']).status === 0;

async function scratch(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'millrace-install-'));
  onTestFinished(() => rm(directory, { recursive: true, force: true }));
  return directory;
}

// Never without --print or --root here: it would delete libraries of this checkout, and make a user.
const install = (...args: readonly string[]) => millraceHere(['gateway', 'install', ...args]);

describe('millrace gateway install', () => {
  it('shows the unit and writes nothing', async () => {
    const root = await scratch();
    const given = ['gateway', 'install', '--print', '--root', root, '--port', '1880', '--user', 'pump'];
    const { code, stdout } = await millrace(given);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ExecStart=.*main\.js gateway start --user-dir \/var\/lib\/millrace --port 1880$/m);
    expect(stdout).toContain('User=pump');
    expect(await readdir(root)).toEqual([]);
  });

  it('writes it into an image, and nothing else, after it was told to', async () => {
    const root = await scratch();
    const refused = await install('--root', root);
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('nothing was done') as string });
    expect(await readdir(root)).toEqual([]);
    const { code, stderr } = await install('--root', root, '--yes', '--max-memory', '512');
    expect(code).toBe(0);
    expect(stderr).toContain('systemctl enable --now millrace-gateway');
    const files = (await readdir(root, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(['millrace-gateway.service']);
    const unit = await readFile(join(root, 'etc/systemd/system/millrace-gateway.service'), 'utf8');
    expect(unit).toContain('MemoryMax=488M');
  });

  it('refuses names that would break out of the unit', async () => {
    expect(await install('--print', '--user', 'x\nExecStart=/bin/sh')).toMatchObject({ code: 2, stdout: '' });
    expect(await install('--print', '--service', '../../cron.d/x')).toMatchObject({ code: 2, stdout: '' });
  });

  it.skipIf(!analyse)('makes a unit that systemd understands, and holds to be safe', async () => {
    const file = join(await scratch(), 'millrace-gateway.service');
    const unit = gatewayUnit({
      command: [process.execPath, command],
      ...{ user: 'root', userDir: '/srv/50 % of "it"', startArgs: [], maxMemory: 512e6, needsHome: false },
    });
    await writeFile(file, unit);
    const verified = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' });
    expect(verified.stderr).not.toContain('millrace-gateway');
    const { stdout } = spawnSync('systemd-analyze', ['security', '--offline=yes', '--no-pager', file], {
      encoding: 'utf8',
    });
    const [, exposure] = /exposure level for .*: ([\d.]+)/.exec(stdout) ?? [];
    expect(Number(exposure)).toBeLessThan(3);
  });
});
