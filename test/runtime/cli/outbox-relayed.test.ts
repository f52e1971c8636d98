import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../../runtime/base/index.ts';
import { verifyReceiver } from '../../../runtime/cli/outbox-verify.ts';
import { ledger as ledgerForm, type Ledger } from '../../../runtime/messages/index.ts';
import { openOutbox } from '../../../runtime/outbox/index.ts';

/** A gateway that passes messages of another on into a table, and adds its own. */
async function relay() {
  const userDir = await mkdtemp(join(tmpdir(), 'millrace-relay-'));
  onTestFinished(() => rm(userDir, { recursive: true, force: true }));
  const open = () => {
    const outbox = openOutbox({
      ...{ directory: join(userDir, 'outbox'), userDir, gateway: 'relay', clock: systemClock },
    });
    return { outbox, table: outbox.destination('table', { type: 'sqlite', file: 'cloud.sqlite' }) };
  };
  const verify = async (ledger: Ledger) => {
    const file = join(userDir, 'carried.json');
    await writeFile(file, JSON.stringify(ledger));
    const lines: string[] = [];
    const say = (line: string) => void lines.push(line);
    const complete = await verifyReceiver(
      join(userDir, 'cloud.sqlite'),
      { ledger: file, userDir, table: 'millrace_messages', region: 'eu-central-1' },
      { result: say, progress: say, colour: false, resultColour: false },
    );
    return { complete, text: lines.join('\n') };
  };
  return { userDir, open, verify };
}

it('compares what a gateway passed on with the ledger of who sent it, and not with its own', async () => {
  const { userDir, open, verify } = await relay();
  const { outbox, table } = open();
  table.start();
  // The sender's numbers are others than those of the way through the relay.
  const key = (sequence: number) => ({ gateway: 'sender', stream: 'pump', sequence });
  const sent = Array.from({ length: 20 }, (_, index) => ({ payload: index, key: key(101 + index) }));
  await Promise.all([
    ...sent.map((message) => table.put('sender/pump', message)),
    ...[1, 2, 3].map((payload) => table.put('own', { payload })),
  ]);
  await vi.waitFor(() => expect([table.state().depth, table.state().sent]).toEqual([0, 23]), 20_000);
  await outbox.close();

  // Also after a restart.
  const again = open();
  const ledger = ledgerForm.parse(await again.outbox.ledger());
  await again.outbox.close();
  expect(ledger.streams.map(({ stream, relayed }) => [stream, relayed]).toSorted()).toEqual([
    ['own', undefined],
    ['sender/pump', true],
  ]);
  const all = await verify(ledger);
  expect(all.complete).toBe(true);
  expect(all.text).toMatch(/own +all 3 messages are there/);
  expect(all.text).toMatch(/sender\/pump +passed on under the keys of its senders: not compared/);
  expect(all.text).toContain('Complete: 3 messages acknowledged');
  expect(all.text).toContain('1 stream of other gateways was passed on');

  const of = (acknowledged: number) => ({
    ...{ destination: 'relay', stream: 'pump', first: 101, appended: acknowledged, acknowledged, gaps: [], dead: [] },
  });
  const senders: Ledger = { format: 1, gateway: 'sender', time: 0, streams: [of(120)] };
  expect(await verify(senders)).toMatchObject({ complete: true });
  expect(await verify({ ...senders, streams: [of(122)] })).toMatchObject({ complete: false });

  // What is the gateway's own is still missed.
  const database = new DatabaseSync(join(userDir, 'cloud.sqlite'));
  database.exec(`DELETE FROM millrace_messages WHERE stream = 'own' AND sequence = 2`);
  database.close();
  expect((await verify(ledger)).complete).toBe(false);
});

it('looks once more for what a receiver has acknowledged and has not put in its place yet', async () => {
  const { userDir, open, verify } = await relay();
  const { outbox, table } = open();
  table.start();
  await Promise.all([1, 2, 3].map((payload) => table.put('own', { payload })));
  await vi.waitFor(() => expect(table.state().sent).toBe(3), 20_000);
  const ledger = ledgerForm.parse(await outbox.ledger());
  await outbox.close();

  const database = new DatabaseSync(join(userDir, 'cloud.sqlite'));
  database.exec(`CREATE TEMP TABLE late AS SELECT * FROM millrace_messages WHERE sequence = 3`);
  database.exec('DELETE FROM millrace_messages WHERE sequence = 3');
  setTimeout(() => {
    database.exec('INSERT INTO millrace_messages SELECT * FROM late');
    database.close();
  }, 500);
  expect(await verify(ledger)).toMatchObject({ complete: true });
});
