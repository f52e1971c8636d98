import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createProtection, fieldKeysIn, loadFieldKeys } from '../../../runtime/keys/index.ts';
import { millrace, millraceHere } from '../../support/command.ts';

let directory: string;
let user: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-keys-'));
  user = join(directory, 'user');
  await mkdir(join(user, 'millrace'), { recursive: true });
  const keys = await loadFieldKeys(fieldKeysIn(join(user, 'millrace')), Date.UTC(2026, 10, 21));
  const protect = createProtection([{ field: 'payload.name', how: 'encrypt' }], keys);
  const lines = ['Ada', 'Bo'].map((name) => JSON.stringify(protect({ payload: { name } })));
  await writeFile(join(directory, 'messages.jsonl'), `${lines.join('\n')}\n`);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const given = (args: readonly string[], userDir: string) => ['keys', ...args, '--user-dir', userDir];
const keys = (args: readonly string[], userDir = user, input = '') =>
  millraceHere(given(args, userDir), { cwd: directory, input });
const secretOf = async (file: string) =>
  (JSON.parse(await readFile(file, 'utf8')) as { keys: { id: string; secret: string }[] }).keys[0];

describe('millrace keys', () => {
  it('shows which keys there are, and nothing of them', async () => {
    const held = await secretOf(fieldKeysIn(join(user, 'millrace')));
    const { code, stdout, stderr } = await millrace(given(['show'], user));
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${held?.id} +made 2026-11-2\\d.* +in use$`, 'm'));
    expect(stderr).toContain('keys export');
    const json = await keys(['show', '--json']);
    expect(JSON.parse(json.stdout)).toMatchObject({ keys: [{ id: held?.id, encrypts: true }] });
    expect(stdout + stderr + json.stdout).not.toContain(held?.secret);

    const none = await keys(['show'], join(directory, 'empty'));
    expect(none).toMatchObject({ code: 0, stdout: 'There are no keys yet.\n' });
    await expect(stat(join(directory, 'empty'))).rejects.toThrow();
  });

  it('exports them for their owner only, says what that means, and never over another file', async () => {
    const { code, stdout, stderr } = await keys(['export', '-o', 'copy.json']);
    expect(code).toBe(0);
    expect(stdout).toContain('copy.json');
    expect(stderr).toContain('can read every field');
    expect((await stat(join(directory, 'copy.json'))).mode & 0o777).toBe(0o600);
    expect(await secretOf(join(directory, 'copy.json'))).toEqual(await secretOf(fieldKeysIn(join(user, 'millrace'))));
    const again = await keys(['export', '-o', 'copy.json']);
    expect(again).toMatchObject({ code: 1, stdout: '' });
    expect(again.stderr).toContain('KEYS_NOT_WRITTEN');
    const printed = await keys(['export']);
    expect(JSON.parse(printed.stdout)).toMatchObject({ format: 1 });
    expect((await keys(['export'], join(directory, 'empty'))).stderr).toContain('KEYS_MISSING');
  });

  it('opens what was encrypted, with its own keys or with a copy on another machine', async () => {
    const elsewhere = join(directory, 'elsewhere');
    const opened = '{"payload":{"name":"Ada"}}\n{"payload":{"name":"Bo"}}\n';
    await writeFile(join(directory, 'key.json'), (await keys(['export'])).stdout);
    expect(await keys(['reveal', 'messages.jsonl'])).toMatchObject({ code: 0, stdout: opened });
    const other = await keys(['reveal', 'messages.jsonl', '--keys', 'key.json'], elsewhere);
    expect(other).toMatchObject({ code: 0, stdout: opened, stderr: '2 fields opened in 2 lines.\n' });
    const without = await keys(['reveal', 'messages.jsonl'], elsewhere);
    expect(without).toMatchObject({ code: 1, stdout: '' });
    expect(without.stderr).toContain('--keys FILE');
  });

  it('leaves as it is what it cannot open, goes on, and says so', async () => {
    const lines = (await readFile(join(directory, 'messages.jsonl'), 'utf8')).trim().split('\n');
    const moved = (lines[0] ?? '').replace('"name"', '"other"');
    const { code, stdout, stderr } = await keys(['reveal', '-'], user, `no json\n${moved}\n\n${lines[1]}\n`);
    expect(code).toBe(1);
    expect(stdout).toBe(`no json\n${moved}\n{"payload":{"name":"Bo"}}\n`);
    expect(stderr).toContain('1 field opened in 3 lines.');
    expect(stderr).toContain('1 line left as they are: no JSON.');
    expect(stderr).toMatch(/1 field left as they are.*FIELD_NOT_OPENED: the field payload\.other/);
    const gone = await keys(['reveal', 'nowhere.jsonl']);
    expect(gone).toMatchObject({ code: 1, stdout: '' });
    expect(gone.stderr).toContain('MESSAGES_UNREADABLE');
  });
});
