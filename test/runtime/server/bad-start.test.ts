import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { endpoint, failingHost, startHost, tab, temporaryDirectory } from './host.ts';

/** One error, with its code and a hint, and no stack. */
function expectOneError({ code, log }: { code: number | null; log: string }, name: string): void {
  expect(log).toMatch(new RegExp(`^\\S+ error ${name}: .+\\n +\\S`));
  expect(log.match(/ error /g)).toHaveLength(1);
  expect(log).not.toMatch(/\n\s+at /);
  expect(code).toBe(1);
}

describe('a start that cannot succeed', () => {
  it('names the port that is used by another and one that is free', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    const failed = await failingHost({ userDir: await temporaryDirectory(), flow: [tab], options: { port } });
    expectOneError(failed, 'PORT_IN_USE');
    expect(failed.log).toContain(`port ${port} on 127.0.0.1`);
    expect(failed.log).toMatch(/--port \d+, which is free/);
  });

  it('names an address that is not this machine’s', async () => {
    const userDir = await temporaryDirectory();
    expectOneError(
      await failingHost({ userDir, flow: [tab], options: { host: '127.0.0.1', port: 65_536 } }),
      'ADDRESS_UNUSABLE',
    );
  });

  it('names a user directory that cannot be made', async () => {
    const file = join(await temporaryDirectory(), 'file');
    await writeFile(file, '');
    const failed = await failingHost({ userDir: join(file, 'user') });
    expectOneError(failed, 'USER_DIR_UNUSABLE');
    expect(failed.log).toContain(join(file, 'user'));
  });

  it.runIf(process.platform === 'linux')('names a user directory below a folder that takes none', async () => {
    expectOneError(await failingHost({ userDir: '/proc/millrace/user' }), 'USER_DIR_UNUSABLE');
  });

  it('refuses to be open to other machines without a password, and says how to set one', async () => {
    const failed = await failingHost({
      userDir: await temporaryDirectory(),
      flow: [tab],
      options: { host: '0.0.0.0' },
    });
    expectOneError(failed, 'PASSWORD_REQUIRED');
    expect(failed.log).toMatch(/: millrace passwd --user-dir \S+/);
  });

  it('names a flow file that is no JSON', async () => {
    const userDir = await temporaryDirectory();
    const flow = join(userDir, 'mine.json');
    await writeFile(flow, '[{"id":');
    expectOneError(await failingHost({ userDir, options: { flow } }), 'FLOW_NOT_JSON');
  });

  it('names a TLS file that is no certificate', async () => {
    const userDir = await temporaryDirectory();
    const cert = join(userDir, 'cert.pem');
    await writeFile(cert, 'no PEM');
    expectOneError(
      await failingHost({ userDir, flow: [tab], options: { tls: { cert, key: cert } } }),
      'TLS_FILE_UNUSABLE',
    );
  });

  it('names a credential secret that was cut short, and keeps it', async () => {
    const userDir = await temporaryDirectory();
    const first = await startHost({ userDir, flow: [tab] });
    await first.stop();
    const secret = join(userDir, 'keys/credential-secret');
    await writeFile(secret, 'cut');
    expectOneError(await failingHost({ userDir, flow: [tab] }), 'KEY_FILE_DAMAGED');
    expect(await readFile(secret, 'utf8')).toBe('cut');
  });
});

describe('a half-written user directory', () => {
  it('starts, with every broken file kept and told', async () => {
    const userDir = await temporaryDirectory();
    for (const name of ['.config.nodes.json', '.config.runtime.json', 'package.json']) {
      await writeFile(join(userDir, name), '{"half":');
    }
    await writeFile(join(userDir, '.config.runtime.json.backup'), '{"instanceId":"the one before"}');
    const host = await startHost({ userDir, flow: [tab, ...endpoint('/hello', `msg.payload = 'hello';`)] });
    expect((await host.get('/hello')).text).toBe('hello');
    const kept = (await readdir(userDir)).filter((name) => name.includes('.broken-'));
    expect(kept).toHaveLength(3);
    for (const name of kept) expect(await readFile(join(userDir, name), 'utf8')).toBe('{"half":');
    expect(await readFile(join(userDir, '.config.runtime.json'), 'utf8')).toContain('the one before');
    expect(host.log().match(/STATE_FILE_DAMAGED/g)).toHaveLength(3);
    expect(await host.stop()).toBe(0);
  });
});
