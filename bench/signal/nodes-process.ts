/** The process that nodes.ts measures: an embedded Node-RED with the nodes as they are built. It prints what it measured. */
import { EventEmitter, once } from 'node:events';
import { systemClock } from '../../runtime/base/index.ts';
import { openRecordings } from '../../runtime/datasets/index.ts';
import { startNodeRed } from '../support/embedded-node-red.ts';
import { median } from '../support/report.ts';

const READINGS = 100_000;
const ROUNDS = 5;
const [LENGTH, STRIDE, RATE] = [100, 25, 100];
/** What the last window makes it to. */
const PREDICTIONS = Math.floor((READINGS - LENGTH) / STRIDE) + 1;
/** By then the model is loaded, and what waited for it is gone. */
const WARM = Math.floor(PREDICTIONS / 10);

const at = { z: 'tab', x: 100, y: 100 };
const flowOf = (recording: string) => [
  { id: 'tab', type: 'tab', label: 'bench' },
  { id: 'replay', type: 'replay', ...at, recording, speed: 'fast', wires: [['window']] },
  { id: 'window', type: 'window', ...at, length: LENGTH, stride: STRIDE, rate: RATE, wires: [['features']] },
  { id: 'features', type: 'features', ...at, wires: [['infer']] },
  { id: 'infer', type: 'infer', ...at, wires: [['sink']] },
  { id: 'sink', type: 'bench-sink', ...at, wires: [] },
];

/** @returns readings a second, the median of some rounds */
async function measure(): Promise<number> {
  const arrivals = new EventEmitter();
  let predictions = 0;
  let begun = NaN;
  const nodeRed = await startNodeRed(() => {
    predictions++;
    if (predictions === WARM) begun = performance.now();
    if (predictions === PREDICTIONS) arrivals.emit('all');
  });
  try {
    const flow = flowOf(await record(`${nodeRed.directory}/recordings`));
    const rates: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      predictions = 0;
      const all = once(arrivals, 'all');
      await nodeRed.deploy(flow);
      await all;
      rates.push((1000 * (PREDICTIONS - WARM) * STRIDE) / (performance.now() - begun));
    }
    return median(rates);
  } finally {
    await nodeRed.stop();
  }
}

/** The channels of the example pump. @returns the recording's name */
async function record(directory: string): Promise<string> {
  const recordings = openRecordings({ directory, clock: systemClock });
  const recorder = await recordings.record({ name: 'benchmark', format: 'jsonl', maxBytes: 1e9, maxFiles: 1 });
  const start = 1_700_000_000_000;
  for (let n = 0; n < READINGS; n++) {
    const time = (1000 * n) / RATE;
    const [x, y, z] = [Math.sin(n * 0.7), 0.5 * Math.sin(n * 1.9), 9.81 + 0.2 * Math.sin(n * 0.11)];
    recorder.write({ payload: { x, y, z, temperature: 40 + Math.sin(n / 5000) }, time: start + time }, time);
    if (n % 1000 === 0) await new Promise((resolve) => setImmediate(resolve));
  }
  await recorder.close();
  const [recording] = await recordings.list();
  await recordings.close();
  const { messages } = recorder.state;
  if (!recording || messages !== READINGS) throw new Error(`recorded ${messages} of ${READINGS} readings`);
  return recording.name;
}

process.stdout.write(`${JSON.stringify({ readings: await measure(), length: LENGTH, stride: STRIDE })}\n`, () =>
  process.exit(0),
);
