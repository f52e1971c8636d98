import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { errorTables } from '../../runtime/base/index.ts';
import { errorsPage } from '../../scripts/errors-page.ts';

const root = resolve(import.meta.dirname, '../..');
const sources = readdirSync(join(root, 'runtime'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && (!file.endsWith('errors.ts') || file === 'base/errors.ts'))
  .map((file) => readFileSync(join(root, 'runtime', file), 'utf8'))
  .join('\n');

describe('docs/errors.md', () => {
  it('lists every error that can be thrown, as the tables have it now', async () => {
    expect(readFileSync(join(root, 'docs/errors.md'), 'utf8')).toBe(await errorsPage());
  });

  it('lists no error that nothing throws', async () => {
    await errorsPage();
    const codes = [...errorTables().values()].flatMap((entries) => Object.keys(entries));
    expect(codes.length).toBeGreaterThan(20);
    const dead = codes.filter((code) => !new RegExp(`\\berrors\\.${code}\\(`).test(sources));
    expect(dead).toEqual([]);
  });

  it('has no code twice', async () => {
    await errorsPage();
    const codes = [...errorTables().values()].flatMap((entries) => Object.keys(entries));
    expect(codes.filter((code, index) => codes.indexOf(code) !== index)).toEqual([]);
  });
});
