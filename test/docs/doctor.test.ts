import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import { doctorPage } from '../../scripts/doctor-page.ts';

const page = join(resolve(import.meta.dirname, '../..'), 'docs/doctor.md');

it('docs/doctor.md lists what the doctor finds as its tables have it now', async () => {
  expect(readFileSync(page, 'utf8')).toBe(await doctorPage());
});
