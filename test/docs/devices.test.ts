import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SCENES } from '../../runtime/devices/schema.ts';
import { devicesPage } from '../../scripts/devices-page.ts';

const root = resolve(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/devices.md'), 'utf8');

describe('docs/devices.md', () => {
  it('says what is wired and what can be set as the tables have it now', async () => {
    expect(page).toBe(await devicesPage());
  });

  it('tells of every scene', () => {
    for (const [name, { label }] of Object.entries(SCENES)) expect(page).toContain(`### \`${name}\`: ${label}`);
  });
});
