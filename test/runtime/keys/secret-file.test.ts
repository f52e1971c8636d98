import { execFile } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readOrMakeSecret, readSecretFile, removeSecretFile, writeSecretFile } from '../../../runtime/keys/index.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-keys-'));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

const modeOf = async (file: string) => (await stat(file)).mode & 0o777;

describe('a secret file', () => {
  it('is made once, for its owner only, and then stays', async () => {
    const file = join(directory, 'keys/credential-secret');
    const made = await readOrMakeSecret(file);
    expect(made).toMatch(/^[\w-]{43}$/);
    expect(await modeOf(file)).toBe(0o600);
    expect(await modeOf(join(directory, 'keys'))).toBe(0o700);
    expect(await readOrMakeSecret(file)).toBe(made);
  });

  it('is the same for all who ask at once', async () => {
    const file = join(directory, 'token');
    const answers = await Promise.all(Array.from({ length: 20 }, () => readOrMakeSecret(file)));
    expect(new Set(answers).size).toBe(1);
    expect(await readdir(directory)).toEqual(['token']);
  });

  it('that others could read is closed to them, and that is told', async () => {
    const file = join(directory, 'token');
    const made = await readOrMakeSecret(file);
    await chmod(file, 0o644);
    const told: number[] = [];
    expect(await readOrMakeSecret(file, { onExposed: (_, mode) => told.push(mode) })).toBe(made);
    expect(told).toEqual([0o644]);
    expect(await modeOf(file)).toBe(0o600);
  });

  it('that was cut short is refused and kept', async () => {
    const file = join(directory, 'token');
    await writeFile(file, 'abc', { mode: 0o600 });
    await expect(readOrMakeSecret(file)).rejects.toMatchObject({ code: 'KEY_FILE_DAMAGED' });
    expect(await readFile(file, 'utf8')).toBe('abc');
  });

  it('that cannot be read is named with the reason', async () => {
    const file = join(directory, 'token');
    await mkdir(file);
    await expect(readOrMakeSecret(file)).rejects.toMatchObject({
      code: 'KEY_FILE_UNREADABLE',
      message: expect.stringContaining(file) as string,
    });
  });

  it('is replaced whole, read back and removed', async () => {
    const file = join(directory, 'password');
    await writeSecretFile(file, 'one');
    await writeSecretFile(file, 'two');
    expect(await readSecretFile(file)).toBe('two');
    expect(await modeOf(file)).toBe(0o600);
    await removeSecretFile(file);
    expect(await readSecretFile(file)).toBeUndefined();
    expect(await readdir(directory)).toEqual([]);
  });
});

it.runIf(process.getuid?.() === 0)(
  'of another user that others may read is refused, unless a person has named it',
  async () => {
    const file = join(directory, 'settings.env');
    await writeFile(file, 'CLOUD=1');
    await chmod(file, 0o644);
    await chmod(directory, 0o755);
    const place = resolve(import.meta.dirname, '../../../runtime/keys/secret-file.ts');
    /** As somebody who owns nothing here. */
    const read = async (options: object) => {
      const code = `const { readSecretFile } = await import(${JSON.stringify(place)});
        process.setgroups([]); process.setgid(65534); process.setuid(65534);
        console.log(await readSecretFile(...${JSON.stringify([file, options])}).catch(({ code }) => code));`;
      const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', code]);
      return stdout.trim();
    };
    expect(await read({})).toBe('KEY_FILE_UNREADABLE');
    expect(await read({ named: true })).toBe('CLOUD=1');
    expect(await modeOf(file)).toBe(0o644);
  },
);
