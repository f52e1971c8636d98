import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { createDrift, type Drift } from '../../../runtime/drift/index.ts';
import { seededRandom } from '../../../runtime/numerics/index.ts';
import { millrace, millraceHere } from '../../support/command.ts';

let directory: string;
/** Of a process that runs beside the command: it has the history open. */
let running: Drift;

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-cli-drift-'));
  running = createDrift({
    models: { resolve: () => Promise.reject(new Error('there is no model')) },
    ...{ clock: systemClock, directory: join(directory, 'user', 'millrace', 'drift') },
  });
  const random = seededRandom(7);
  const watched = async (id: string, name: string, moved: number) => {
    const watch = running.watch({ source: 'stream', learn: 400, window: 40 }, { id, name });
    const begun = Date.UTC(2026, 10, 21);
    for (let i = 0; i < 1200; i++) {
      const higher = i > 900 ? moved : 0;
      const payload = { temperature: 21 + random() + random() + higher, pressure: random() + random() };
      await watch.observe({ payload, time: begun + i * 10_000 });
    }
    await watch.close();
  };
  await watched('a1', 'pump <one>', 5);
  await watched('b2', 'mill', 0);
});
afterAll(async () => {
  await running.close?.();
  await rm(directory, { recursive: true, force: true });
});

const place = (userDir = join(directory, 'user')) => ({ cwd: directory, env: { MILLRACE_USER_DIR: userDir } });
const drift = (args: readonly string[], userDir?: string) => millraceHere(['drift', ...args], place(userDir));
/** Where the history is open in another process: one that ends. */
const driftBeside = (args: readonly string[]) => millrace(['drift', ...args], place());

describe('millrace drift, beside a process that watches', () => {
  it('lists what is watched and how it stands, with the next command', async () => {
    const { code, stdout, stderr } = await driftBeside(['list']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^pump <one> +a1 +DRIFTS since 2026-11-2\d/m);
    expect(stdout).toMatch(/^mill +b2 +no drift/m);
    expect(stderr).toContain('drift show "pump <one>"');
    const { streams } = JSON.parse((await drift(['list', '--json'])).stdout) as { streams: { node: string }[] };
    expect(streams.map(({ node }) => node).sort()).toEqual(['a1', 'b2']);
  });

  it('says which feature moved, by name, by id and by their beginning', async () => {
    for (const name of ['pump <one>', 'a1', 'pump', 'PUMP <ONE>']) {
      const { code, stdout } = await drift(['show', name]);
      expect(code, name).toBe(0);
      expect(stdout, name).toMatch(/^pump <one>: temperature/i);
      expect(stdout, name).toMatch(/!\s+temperature/);
    }
    const { stdout } = await drift(['show', 'a1', '--json']);
    expect(JSON.parse(stdout)).toMatchObject({ picture: { node: 'a1', state: 'drifting' } });
  });

  it('writes a page of one stream, or of all, and none half', async () => {
    expect(await drift(['report', 'a1', '--output', 'one.html'])).toMatchObject({ code: 0 });
    const one = await readFile(join(directory, 'one.html'), 'utf8');
    expect(one).toContain('pump &lt;one&gt;');
    expect(one).toContain('class="millrace-course"');
    expect(one).not.toContain('id="stream-2"');
    const all = await driftBeside(['report', '-o', '-', '--span', 'hour']);
    expect(all.stdout).toMatch(/^<!doctype html>[\s\S]*id="stream-2"[\s\S]*<\/html>\n$/);
    const nowhere = await drift(['report', '--output', 'no/folder/x.html']);
    expect(nowhere).toMatchObject({ code: 1, stdout: '' });
    expect(nowhere.stderr).toMatch(/REPORT_UNWRITABLE: cannot write .*x\.html/);
  });

  it('ends an error with what to try next', async () => {
    const unknown = await drift(['show', 'pmup']);
    expect(unknown).toMatchObject({ code: 2, stdout: '' });
    expect(unknown.stderr).toMatch(
      /DRIFT_NODE_UNKNOWN: there is no drift node "pmup"\n.*a1 \("pump <one>"\).*drift list/,
    );
    expect((await drift(['report', '--span', 'year'])).code).toBe(2);
    expect((await drift(['show'])).code).toBe(2);
  });

  it('says so where nothing was ever watched', async () => {
    const empty = join(directory, 'empty');
    const list = await drift(['list'], empty);
    expect(list).toMatchObject({ code: 0, stdout: 'Nothing is watched for drift yet.\n' });
    expect(list.stderr).toContain('Wire a "drift" node');
    expect((await drift(['show', 'x'], empty)).stderr).toContain('--user-dir');
    expect((await drift(['report', '-o', '-'], empty)).stdout).toContain('Nothing is watched');
  });

  it('forgets a stream, and only that', async () => {
    expect(await driftBeside(['forget', 'mill'])).toMatchObject({ code: 0 });
    expect((await drift(['list'])).stdout).not.toContain('mill');
    expect((await drift(['show', 'a1'])).code).toBe(0);
    expect((await drift(['forget', 'mill'])).code).toBe(2);
  });
});
