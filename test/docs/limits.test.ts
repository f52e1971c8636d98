import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { limitsPage } from '../../scripts/limits-page.ts';

const root = resolve(import.meta.dirname, '../..');

describe('docs/limits.md', () => {
  it('lists every named limit, as the code has it now', async () => {
    expect(readFileSync(join(root, 'docs/limits.md'), 'utf8')).toBe(await limitsPage());
  });
});
