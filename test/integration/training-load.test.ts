/** A training takes the machine's idle time and its own process: what the flow measures meanwhile, it measures on. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { systemClock } from '../../runtime/base/index.ts';
import { openDataSets } from '../../runtime/datasets/index.ts';
import type { TrainingsAnswer, TrainingState } from '../../runtime/messages/index.ts';
import type { Red } from '../../runtime/node-red/index.ts';
import { type EmbeddedNodeRed, type FlowNode, type Message, startNodeRed, until } from '../support/node-red.ts';
import { freePort } from '../support/studio.ts';

const root = resolve(import.meta.dirname, '../..');
const ROWS = 100_000;
const COLUMNS = 30;
const seen = { readings: [] as Message[], windows: [] as Message[] };
let nodeRed: EmbeddedNodeRed;

beforeAll(async () => {
  const port = await freePort();
  const flow = JSON.parse(await readFile(resolve(root, 'flows/pump/flow.json'), 'utf8')) as FlowNode[];
  nodeRed = await startNodeRed({
    nodesDir: [resolve(root, 'dist/millrace')],
    register: (red: Red) => {
      red.nodes.registerType('collects', function (config) {
        red.nodes.createNode(this, config);
        const kind = config.id as keyof typeof seen;
        this.on('input', (message, _send, done) => {
          seen[kind].push(message);
          done();
        });
      });
    },
  });
  await fill(join(nodeRed.directory, 'millrace/data'));
  const watched: Readonly<Record<string, keyof typeof seen>> = { 'pump-pins': 'readings', 'pump-window': 'windows' };
  await nodeRed.deploy([
    ...flow.map((node) => {
      if (node.id === 'pump-target' || node.id === 'pump-broker') return { ...node, port: String(port) };
      const collector = watched[node.id];
      if (collector === undefined) return node;
      const [wires = []] = node['wires'] as string[][];
      return { ...node, wires: [[...wires, collector]] };
    }),
    ...Object.values(watched).map((id) => ({ id, type: 'collects', z: 'pump', x: 0, y: 0, wires: [] })),
  ]);
  await until(() => seen.windows.length > 2, 'the first windows');
}, 180_000);
afterAll(() => nodeRed.stop());

async function fill(directory: string): Promise<void> {
  const dataSets = openDataSets({ directory, clock: systemClock });
  const set = await dataSets.open('large');
  for (let from = 0; from < ROWS; from += 5000) {
    await set.add(
      Array.from({ length: 5000 }, (_, at) => ({
        payload: Object.fromEntries(
          Array.from({ length: COLUMNS }, (_, column) => [
            `f${column}`,
            Math.sin((from + at) * 7.3 + column * 1.7) + ((from + at) % 3) * (column % 5) * 0.2,
          ]),
        ),
        label: ['a', 'b', 'c'][(from + at) % 3] ?? '',
      })),
    );
  }
  await set.close();
  await dataSets.close();
}

it('loses no reading of a hundred a second while 100,000 rows of 30 are learnt from', async () => {
  const begun = seen.readings.length;
  const answer = await fetch(`${nodeRed.url}/millrace/training/train`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ dataSet: 'large', model: 'large', choices: { trainer: 'gradient-boosting' } }),
  });
  const { id } = (await answer.json()) as TrainingState;
  const training = await until(
    async () => {
      const { trainings } = (await (await fetch(`${nodeRed.url}/millrace/training`)).json()) as TrainingsAnswer;
      const own = trainings.find((each) => each.id === id);
      return own?.state === 'done' || own?.state === 'failed' ? own : undefined;
    },
    'the training',
    150_000,
  );
  expect(training).toMatchObject({ state: 'done', report: { evaluation: { rows: 24_999 } } });

  const readings = seen.readings.slice(begun);
  const times = readings.map(({ time }) => time as number);
  expect(times.length).toBeGreaterThan(100);
  // Every sample has its place on a grid of ten milliseconds, and none is missing.
  const lasted = (times.at(-1) as number) - (times[0] as number);
  expect(Math.abs(times.length - 1 - lasted / 10)).toBeLessThanOrEqual(1);
  expect(seen.windows.reduce((sum, { gaps }) => sum + (gaps as number), 0)).toBe(0);
}, 200_000);
