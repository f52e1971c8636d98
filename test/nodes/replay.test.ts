import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { until } from '../support/node-red.ts';
import { flowOf, shown, startRecordings } from '../support/recordings.ts';

let rig: Awaited<ReturnType<typeof startRecordings>>;
beforeAll(async () => (rig = await startRecordings()));
afterAll(() => rig.stop());
beforeEach(async () => {
  await rig.nodeRed.deploy([{ id: 'tab', type: 'tab', label: 'empty' }]);
  rig.sent.length = rig.caught.length = 0;
});

const replay = (settings: Record<string, unknown> = {}) =>
  rig.nodeRed.deploy(flowOf({ id: 'replay', type: 'replay', ...settings }));
const arrived = (count: number) => until(() => rig.sent.length >= count || undefined, `${count} messages`);
const text = (key: string) => rig.nodeRed.status('replay', (status) => status === shown(`replay.status.${key}`));
const csv = async (name: string, content: string) => writeFile(join(rig.directory, name), content);

it('dragged in and deployed plays the pump as if it were there', async () => {
  const before = Date.now();
  await replay();
  await arrived(20);
  const [first, second] = rig.sent;
  expect(first).toMatchObject({ topic: 'pins', source: 'virtual pump', id: expect.any(String) as string });
  expect(Object.keys(first?.['payload'] as object)).toEqual(['x', 'y', 'z', 'temperature']);
  expect(first?.['time']).toBeGreaterThanOrEqual(before);
  expect(Number(second?.['time']) - Number(first?.['time'])).toBe(10);
  await text('playing');
});

it('plays a whole minute as fast as the flow takes it', async () => {
  await replay({ speed: 'fast', topic: 'again' });
  await arrived(6000);
  await text('ended');
  expect(rig.sent).toHaveLength(6000);
  expect(Number(rig.sent.at(-1)?.['time']) - Number(rig.sent[0]?.['time'])).toBe(59_990);
  expect(rig.sent.every(({ topic }) => topic === 'again')).toBe(true);
});

it('does what messages say', async () => {
  await csv('steps.csv', 'time,x\n0,1\n1,2\n2,3\n');
  await replay({ recording: 'steps.csv', start: false, speed: 'step' });
  await text('waiting');
  const say = (payload: unknown) => rig.nodeRed.node('replay').receive({ payload });
  say('step');
  await arrived(1);
  say('step');
  await arrived(2);
  expect(rig.sent.map(({ payload }) => payload)).toEqual([1, 2]);
  await text('paused');
  say('dance');
  await until(() => rig.caught[0], 'the error');
  expect(rig.caught[0]).toMatchObject({
    error: { message: expect.stringContaining('RECORDING_REPLAY_COMMAND') as string },
  });
  say('stop');
  await text('waiting');
});

it('plays the file of another program by its path, and tells of rows that it left out', async () => {
  await csv('other.csv', 'time,x\n0,1\n0.01,oops\n0.02,3\n');
  await replay({ recording: join(rig.directory, 'other.csv') });
  await arrived(2);
  expect(rig.sent.map(({ payload }) => payload)).toEqual([1, 3]);
  await until(() => rig.caught[0], 'the error');
  expect(rig.caught[0]).toMatchObject({
    error: { message: expect.stringContaining('line 3: "x" is "oops", no number') as string },
  });
  await text('leftOut');
});

it('says what there is where its recording is missing', async () => {
  await replay({ recording: 'nothing' });
  await until(() => rig.caught[0], 'the error');
  expect(rig.caught[0]).toMatchObject({ error: { message: expect.stringContaining('"pump-faults"') as string } });
});

it('gives its dialog the list of recordings, and how punctual it is', async () => {
  await replay();
  await arrived(5);
  const response = await fetch(`${rig.nodeRed.url}/millrace/nodes/replay/preview`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ id: 'replay', settings: {} }),
  });
  const answer = (await response.json()) as { recordings: { name: string }[]; played: { messages: number } };
  expect(answer.recordings.map(({ name }) => name)).toContain('pump-faults');
  expect(answer.played.messages).toBeGreaterThanOrEqual(5);
});
