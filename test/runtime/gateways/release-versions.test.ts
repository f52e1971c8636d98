import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createReleaseVersions, type ReleaseVersions } from '../../../runtime/gateways/release-versions.ts';

let directory: string;
let versions: ReleaseVersions;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-versions-'));
  versions = createReleaseVersions(directory, systemClock);
});
afterEach(() => rm(directory, { recursive: true, force: true }));

it('gives each of several releases that are signed at once a version of its own, and goes on above them', async () => {
  const given = await Promise.all(Array.from({ length: 5 }, () => versions.next()));
  const [first = 0] = given;
  expect(given).toEqual([0, 1, 2, 3, 4].map((more) => first + more));
  const later = createReleaseVersions(directory, systemClock);
  expect(await later.next()).toBeGreaterThan(first + 4);
});

it('goes on when a file that could not be read is put right', async () => {
  const file = join(directory, 'release-version.json');
  await writeFile(file, 'half a fi');
  await expect(versions.next()).rejects.toThrow(file);
  await writeFile(file, '{"format":1,"version":9000000000}');
  expect(await versions.next()).toBe(9000000001);
});
