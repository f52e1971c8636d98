import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { RecordedMessage } from '../../runtime/datasets/index.ts';
import { until } from '../support/node-red.ts';
import { flowOf, shown, startRecordings } from '../support/recordings.ts';

let rig: Awaited<ReturnType<typeof startRecordings>>;
beforeAll(async () => (rig = await startRecordings()));
afterAll(() => rig.stop());
beforeEach(async () => {
  await rig.nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'empty' }]);
  rig.sent.length = rig.caught.length = 0;
});

const read = async (name: string) => {
  const all: RecordedMessage[] = [];
  for await (const each of (await rig.recordings.open(name)).messages()) all.push(each);
  return all;
};
const send = (...messages: Record<string, unknown>[]) => {
  for (const message of messages) rig.nodeRed.node('record').receive(message);
};
const arrived = (count: number) => until(() => rig.sent.length >= count || undefined, `${count} messages`);

it('dragged into a wire passes every message on and records it', async () => {
  await rig.nodeRed.deploy(flowOf({ id: 'record', type: 'record' }));
  send({ payload: 1, topic: 'a' }, { payload: { x: NaN } });
  await arrived(2);
  expect(rig.sent[0]).toMatchObject({ payload: 1, topic: 'a' });
  await rig.nodeRed.status('record', (text) => text === shown('record.status.recording'));
  const recorded = await read('record record');
  expect(recorded.map(({ message }) => message)).toEqual([{ payload: 1, topic: 'a' }, { payload: { x: NaN } }]);
  expect(recorded[1]!.at).toBeGreaterThanOrEqual(recorded[0]!.at);
});

it('has everything on disk when the flow is stopped', async () => {
  await rig.nodeRed.deploy(flowOf({ id: 'record', type: 'record', recording: 'stopped', format: 'parquet' }));
  send(...Array.from({ length: 100 }, (_, n) => ({ payload: n })));
  await arrived(100);
  await rig.nodeRed.deploy(flowOf({ id: 'other', type: 'record', start: false }));
  expect(await read('stopped')).toHaveLength(100);
  expect((await rig.recordings.open('stopped')).format).toBe('parquet');
});

it('begins and ends a recording when a message says so, and keeps that message for itself', async () => {
  await rig.nodeRed.deploy(flowOf({ id: 'record', type: 'record', recording: 'told', start: false }));
  await rig.nodeRed.status('record', (text) => text === shown('record.status.stopped'));
  send({ payload: 1 }, { record: 'start' });
  await rig.nodeRed.status('record', (text) => text === shown('record.status.waiting'));
  send({ payload: 2 });
  await arrived(2);
  send({ record: 'stop' });
  await rig.nodeRed.status('record', (text) => text === shown('record.status.recorded'));
  send({ payload: 3 });
  await arrived(3);
  expect((await read('told')).map(({ message }) => message)).toEqual([{ payload: 2 }]);
  expect(rig.sent.map(({ payload }) => payload)).toEqual([1, 2, 3]);
});

it('refuses a second node of the same name, whose messages go on all the same', async () => {
  const flow = flowOf(
    { id: 'first', type: 'record', name: 'one', recording: 'same' },
    { id: 'record', type: 'record', recording: 'same', wires: [['out']] },
  );
  await rig.nodeRed.deploy(flow);
  await until(() => rig.caught[0], 'the error');
  expect(rig.caught[0]).toMatchObject({ error: { message: expect.stringContaining('RECORDING_BUSY') as string } });
  send({ payload: 'through' });
  await arrived(1);
});

it('tells Catch of what cannot be recorded, and passes it on', async () => {
  await rig.nodeRed.deploy(flowOf({ id: 'record', type: 'record', recording: 'odd' }));
  send({ payload: 12n });
  await until(() => rig.caught[0], 'the error');
  expect(rig.caught[0]).toMatchObject({
    error: { message: expect.stringContaining('msg.payload is a bigint') as string },
  });
  expect(rig.sent).toHaveLength(1);
});
