import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { millrace, millraceHere } from '../../support/command.ts';

let directory: string;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-'));
  const rows = Array.from({ length: 40 }, (_, row) => `${row % 7},${(row * 3) % 5},${row % 2 === 0 ? 'on' : 'off'}`);
  await writeFile(join(directory, 'pump.csv'), `x,y,state\n${rows.join('\n')}\n1,,on\n`);
});
afterAll(() => rm(directory, { recursive: true, force: true }));

const place = () => ({ cwd: directory, env: { MILLRACE_USER_DIR: join(directory, 'user') } });
const data = (...args: readonly string[]) => millraceHere(['data', ...args], place());

describe('millrace data', () => {
  it('leads examples from a file into a data set, and out of it again', async () => {
    const imported = await millrace(['data', 'import', 'pump', 'pump.csv'], place());
    expect(imported).toMatchObject({ code: 0, stdout: '40 examples came into pump; 1 row left out.\n' });
    expect(imported.stderr).toContain('line 42: "y" is empty');
    expect(imported.stderr).toContain('millrace data check pump');
    expect((await data('list')).stdout).toMatch(/^pump {2}40 examples {2}2 features {2}off: 20, on: 20/);
    const shown = await data('show', 'pump');
    expect(shown.stdout).toMatch(/Labels\n {2}off {2}20\n {2}on {3}20/);
    // What it advises can be typed as it stands.
    expect(shown.stderr).toContain('millrace train pump --model MODEL');
    await data('export', 'pump', 'out.parquet');
    await data('import', 'copy', 'out.parquet');
    const digest = async (name: string) => {
      const { stdout } = await data('freeze', name, '--json');
      return (JSON.parse(stdout) as { version: { digest: string } }).version.digest;
    };
    const frozen = await digest('pump');
    expect(await digest('copy')).toBe(frozen);
    expect((await millrace(['data', 'export', 'pump', '-'], place())).stdout.split('\n')[0]).toBe(
      'id,label,time_ms,source,group,x,y',
    );
    await data('export', 'pump');
    expect((await readFile(join(directory, 'pump.csv'), 'utf8')).split('\n')).toHaveLength(42);
    expect((await data('remove', `pump@${frozen.slice(0, 8)}`)).code).toBe(0);
    expect((await data('remove', 'pump')).stdout).toBe('pump is removed.\n');
  });

  it('says by its exit code whether something stands in the way of a training', async () => {
    await writeFile(join(directory, 'three.csv'), 'x,y,state\n1,2,a\n2,3,a\n3,1,b\n');
    await data('import', 'three', 'three.csv');
    const { code, stdout } = await data('check', 'three');
    expect(stdout).toContain('STOP TOO_FEW: Few examples: "a" has 2, "b" has 1.');
    expect(code).toBe(1);
    expect((await data('check', 'copy')).code).toBe(0);
  });

  it('ends an error with what to try next', async () => {
    const missing = await data('show', 'pmup');
    expect(missing).toMatchObject({ code: 2, stdout: '' });
    expect(missing.stderr).toMatch(/DATA_SET_NOT_FOUND: there is no data set "pmup" \(there are: .*"three"/);
    expect((await data('import', 'x', 'missing.csv')).stderr).toContain('DATA_FILE_MISSING');
    expect((await data('remove', 'three@zz')).code).not.toBe(0);
    expect((await data('import', 'x')).code).toBe(2);
    const sheet = await data('export', 'three', 'three.xlsx');
    expect(sheet.code).toBe(2);
    expect(sheet.stderr).toContain('must be called .csv or .parquet');
    expect((await data('export', 'three', 'three.txt', '--format', 'csv')).code).toBe(0);
  });
});
