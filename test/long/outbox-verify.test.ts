import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import type { Ledger } from '../../runtime/messages/index.ts';
import { openOutbox, type TargetSettings } from '../../runtime/outbox/index.ts';
import { gatewayId } from '../../runtime/keys/index.ts';
import { millrace } from '../support/command.ts';
import { hasPostgres, type PostgresServer, startPostgres } from '../support/postgres.ts';
import { type ObjectStore, S3_KEYS, startS3 } from '../support/s3.ts';

const COUNT = 300;
const withPostgres = await hasPostgres();

let directory: string;
let userDir: string;
let gateway: string;
let store: ObjectStore;
let server: PostgresServer | undefined;

/** A gateway that sends to a receiver of every kind, and was stopped when all had acknowledged. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'millrace-verify-'));
  userDir = join(directory, 'user');
  gateway = await gatewayId(join(userDir, 'millrace'));
  store = await startS3();
  if (withPostgres) server = await startPostgres();
  const targets: Record<string, TargetSettings> = {
    sqlite: { type: 'sqlite' },
    lines: { type: 'files', folder: 'lines', compression: 'zstd' },
    array: { type: 'files', folder: 'array', format: 'json' },
    csv: { type: 'files', folder: 'csv', format: 'csv', compression: 'gzip' },
    parquet: { type: 'files', folder: 'parquet', format: 'parquet' },
    s3: { type: 's3', bucket: 'plant', endpoint: store.endpoint, ...S3_KEYS },
    ...(server && {
      postgres: { type: 'postgres', url: server.url, username: server.username, password: server.password },
    }),
  };
  const outbox = openOutbox({
    ...{ directory: join(userDir, 'millrace', 'outbox'), userDir, gateway, clock: systemClock },
  });
  const destinations = Object.entries(targets).map(([id, settings]) => outbox.destination(id, settings));
  for (const destination of destinations) {
    const put = (stream: string, count: number) =>
      Array.from({ length: count }, (_, index) => destination.put(`${destination.id}/${stream}`, { payload: index }));
    await Promise.all([...put('speed', COUNT), ...put('alarms', 3)]);
  }
  const waits = () => destinations.map((one) => [one.id, one.state().depth, one.state().problem?.message ?? '']);
  await vi.waitFor(() => expect(waits()).toEqual(destinations.map(({ id }) => [id, 0, ''])), 40_000);
  await outbox.close();
}, 90_000);
afterAll(async () => {
  await store[Symbol.asyncDispose]();
  await server?.[Symbol.asyncDispose]();
  await rm(directory, { recursive: true, force: true });
});

function verify(receiver: string, ...args: readonly string[]) {
  const keys = { AWS_ACCESS_KEY_ID: S3_KEYS.accessKeyId, AWS_SECRET_ACCESS_KEY: S3_KEYS.secretAccessKey };
  const postgres = server ? { PGUSER: server.username, PGPASSWORD: server.password } : {};
  const env = { ...keys, ...postgres, MILLRACE_USER_DIR: userDir };
  return millrace(['outbox', 'verify', receiver, ...args], { env, cwd: directory });
}

describe('millrace outbox verify', { timeout: 60_000 }, () => {
  it.each(['lines', 'array', 'csv', 'parquet'])('finds everything in a folder of files: %s', async (name) => {
    const { code, stdout, stderr } = await verify(join(userDir, name), '--destination', name);
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(new RegExp(`^  ${name}/speed +all ${COUNT} messages are there$`, 'm'));
    expect(stdout).toMatch(new RegExp(`^  ${name}/alarms +all 3 messages are there$`, 'm'));
    expect(stdout).toContain(`Complete: ${COUNT + 3} messages acknowledged, and all of them are there.`);
  });

  it('finds everything in an object store', async () => {
    const { code, stdout } = await verify('s3://plant', '-d', 's3', '--endpoint', store.endpoint);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Complete: 303 messages')]);
  });

  it.skipIf(!withPostgres)('finds everything in PostgreSQL, and what somebody deleted', async () => {
    const whole = await verify(server?.url ?? '', '-d', 'postgres');
    expect([whole.code, whole.stdout]).toEqual([0, expect.stringContaining('Complete: 303 messages')]);
    await server?.query(`DELETE FROM millrace_messages WHERE stream = 'postgres/speed' AND sequence IN (1, 7, 8, 300)`);
    const { code, stdout } = await verify(server?.url ?? '', '-d', 'postgres');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^! postgres\/speed +4 of 300 messages MISSING: 1, 7 to 8, 300$/m);
    const wrong = await verify(server?.url ?? '', '-d', 'postgres', '--table', 'other');
    expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining('RECEIVER_EMPTY')]);
  });

  it('names what is missing in a SQLite file, and prints the same as JSON', async () => {
    const file = join(userDir, 'cloud.sqlite');
    expect((await verify(file, '-d', 'sqlite')).code).toBe(0);
    const database = new DatabaseSync(file);
    database.exec(`DELETE FROM millrace_messages WHERE stream = 'sqlite/speed' AND sequence BETWEEN 100 AND 109`);
    database.close();
    const { code, stdout } = await verify(file, '-d', 'sqlite');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^! sqlite\/speed +10 of 300 messages MISSING: 100 to 109$/m);
    expect(stdout).toContain('NOT complete: of 303 messages acknowledged, 10 are not there.');
    const json = await verify(file, '-d', 'sqlite', '--json');
    expect(json.code).toBe(1);
    expect(JSON.parse(json.stdout)).toMatchObject({
      ...{ complete: false, gateway, destination: 'sqlite' },
      streams: expect.arrayContaining([
        expect.objectContaining({ stream: 'sqlite/speed', held: 290, missing: [{ first: 100, last: 109 }] }),
      ]) as object,
    });
    const alarms = await verify(file, '-d', 'sqlite', '--stream', 'sqlite/alarms');
    expect([alarms.code, alarms.stdout]).toEqual([0, expect.stringContaining('Complete: 3 messages')]);
  });

  it('takes a ledger that was carried to the receiver, and says when it is another gateway’s', async () => {
    const kept = JSON.parse(await readFile(join(userDir, 'millrace/outbox/ledger.json'), 'utf8')) as Ledger;
    const carried = join(directory, 'carried.json');
    const { destinations: _, ...bare } = { ...kept, gateway: 'another' };
    await writeFile(carried, JSON.stringify(bare));
    const { code, stdout, stderr } = await verify(join(userDir, 'lines'), '--ledger', carried, '-d', 'lines');
    expect([code, stdout]).toEqual([1, expect.stringContaining('300 of 300 messages MISSING: 1 to 300')]);
    expect(stderr).toContain(`The receiver holds nothing of gateway another. It holds messages of ${gateway}.`);
  });

  it('says which file it cannot read, and counts what two files both hold', async () => {
    const folder = join(userDir, 'csv');
    const [file = ''] = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.gz'));
    await writeFile(join(folder, 'copy.csv.gz'), await readFile(join(folder, file)));
    await writeFile(join(folder, 'cut.csv.gz'), (await readFile(join(folder, file))).subarray(0, 100));
    await writeFile(join(folder, 'notes.jsonl'), '{"mine": true}\n');
    const { code, stdout, stderr } = await verify(folder, '-d', 'csv');
    expect(code).toBe(0);
    expect(stdout).toMatch(/csv\/speed +all 300 messages are there +\d+ repeats/);
    expect(stderr).toMatch(/cannot read .*cut\.csv\.gz: /);
  });

  it('asks which destination is meant, and says what it cannot read', async () => {
    const unnamed = await verify(join(userDir, 'lines'));
    expect([unnamed.code, unnamed.stderr]).toEqual([
      2,
      expect.stringMatching(/DESTINATION_UNNAMED.*\n.*sqlite.*lines/),
    ]);
    const nowhere = await verify('nowhere.sqlite', '-d', 'sqlite');
    expect([nowhere.code, nowhere.stderr]).toEqual([2, expect.stringContaining('RECEIVER_UNKNOWN')]);
    await writeFile(join(directory, 'text.sqlite'), 'no database');
    const text = await verify('text.sqlite', '-d', 'sqlite');
    expect([text.code, text.stderr]).toEqual([2, expect.stringContaining('STORE_UNREADABLE')]);
    const stream = await verify(join(userDir, 'lines'), '-d', 'lines', '--stream', 'other');
    expect([stream.code, stream.stderr]).toEqual([2, expect.stringContaining('one of')]);
  });
});
