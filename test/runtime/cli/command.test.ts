import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { checkNode } from '../../../runtime/cli/check-node.ts';
import { millrace, millraceHere } from '../../support/command.ts';

async function directory(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), 'millrace-cli-'));
  onTestFinished(() => rm(made, { recursive: true, force: true }));
  return made;
}

describe('the Node.js that runs the command', () => {
  it.each(['22.15.0', '22.20.1', '24.0.0'])('may be %s', (version) => {
    expect(() => checkNode(version, '>=22.15')).not.toThrow();
  });
  it.each(['20.20.2', '22.14.9', '18.0.0'])('is refused where it is %s, with what is needed', (version) => {
    expect(() => checkNode(version, '>=22.15')).toThrow(
      `this is Node.js ${version} (${process.execPath}), Millrace needs 22.15`,
    );
  });
});

describe('the command', () => {
  it.each([[['--help']], [['help']], [['start', '--help']], [['passwd', '--help']], [['help', 'start']]])(
    'explains itself with %j',
    async (args) => {
      const { code, stdout, stderr } = await millraceHere(args);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: millrace/);
    },
  );

  it('is called in its help and hints as it can be called where it is', async () => {
    const env = { MILLRACE_COMMAND: 'npm run millrace --' };
    const { stdout } = await millrace(['start', '--help'], { env });
    expect(stdout).toMatch(/^Usage: npm run millrace -- start/);
    expect(stdout).not.toMatch(/^ +millrace /m);
    const userDir = await directory();
    const set = await millrace(['passwd', '--user-dir', userDir], { env, input: 'correct horse battery\n' });
    expect(set.stderr).toContain(`npm run millrace -- start --user-dir ${userDir}`);
  });

  it('names every option of start in its help', async () => {
    const { stdout } = await millraceHere(['start', '--help']);
    for (const option of ['port', 'host', 'user-dir', 'flow', 'headless', 'tls-cert', 'tls-key', 'json']) {
      expect(stdout).toContain(`--${option}`);
    }
  });

  it('loads neither the server nor Node-RED to show help', async () => {
    const watch = `import { registerHooks } from 'node:module';
      registerHooks({ resolve(name, context, next) {
        if (/server|services|node-red|express/.test(name)) console.error('loaded', name);
        return next(name, context);
      } });`;
    const nodeArgs = ['--import', `data:text/javascript,${encodeURIComponent(watch)}`];
    expect((await millrace(['start', '--help'], { nodeArgs })).stderr).toBe('');
  });

  it.each([
    [['strat'], 'Did you mean start?'],
    [['start', '--prot', '1'], 'Did you mean --port?'],
    [['start', '--headles'], 'Did you mean --headless?'],
    [['passwd', '--user-di', 'x'], 'Did you mean --user-dir?'],
  ])('answers %j with what was probably meant', async (args, suggestion) => {
    const { code, stdout, stderr } = await millraceHere(args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(suggestion);
    expect(stderr).toContain('--help');
  });

  it.each([
    [['start', '--port', '80x'], 'OPTION_INVALID'],
    [['start', '--port', '65536'], 'OPTION_INVALID'],
    [['start', '--tls-cert', 'cert.pem'], 'TLS_INCOMPLETE'],
    [['passwd', '--user', 'a:b'], 'OPTION_INVALID'],
  ])('calls %j wrong use', async (args, code) => {
    const outcome = await millrace(args);
    expect(outcome.code).toBe(2);
    expect(outcome.stderr).toMatch(new RegExp(`^millrace: ${code}: .+\n  \\S`));
  });
});

describe('millrace passwd', () => {
  it('keeps only a hash, for its owner, and removes it', async () => {
    const userDir = await directory();
    const set = await millraceHere(['passwd', '--user-dir', userDir], { input: 'correct horse battery\n' });
    expect(set).toMatchObject({ code: 0, stdout: expect.stringContaining('"admin"') as string });
    const file = join(userDir, 'keys/admin-password.json');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).not.toContain('horse');
    expect(set.stdout + set.stderr).not.toContain('horse');
    expect((await millraceHere(['passwd', '--user-dir', userDir, '--remove'])).code).toBe(0);
    await expect(stat(file)).rejects.toThrow();
  });

  it.each(['short\n', '', `${'x'.repeat(73)}\n`])('refuses a password that does not fit (%#)', async (input) => {
    const userDir = await directory();
    const { code, stderr } = await millraceHere(['passwd', '--user-dir', userDir], { input });
    expect(code).toBe(1);
    expect(stderr).toContain('PASSWORD_UNFIT');
  });
});
