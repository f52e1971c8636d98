/** The process that flood.ts measures: an embedded Node-RED with the nodes as they are built. It prints what it measured. */
import { EventEmitter, once } from 'node:events';
import { join } from 'node:path';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { writePackage } from '../../runtime/models/package/index.ts';
import { writeOnnx } from '../../runtime/onnx-format/index.ts';
import { type FlowNode, startNodeRed } from '../support/embedded-node-red.ts';
import { median } from '../support/report.ts';
import { models } from './models.ts';

const MESSAGES = 60_000;
const WARM = 6_000;
const ROUNDS = 5;
/** ms: after which a message has been lost on its way, or refused. */
const PATIENCE = 120_000;
const NAME = 'net 16-32-4';
const WIDTH = 16;

const at = { z: 'tab', x: 100, y: 100 };
/** As fast as Node-RED takes them, in portions, between which it has its turn. */
const SOURCE = `let left = ${MESSAGES};
const row = Array.from({ length: ${WIDTH} }, (_, i) => Math.sin(i));
const portion = () => {
  for (let i = 0; i < 200 && left > 0; i++, left--) node.send({ payload: row });
  if (left > 0) setTimeout(portion, 0);
};
portion();`;
const AWAITS = `const { session, Tensor, Float32Array } = global.get('onnx');
const { y } = await session.run({ x: new Tensor('float32', Float32Array.from(msg.payload), [1, ${WIDTH}]) });
msg.payload = Array.from(y.data);
return msg;`;

const flowOf = (middle: FlowNode): FlowNode[] => [
  { id: 'tab', type: 'tab', label: 'bench' },
  { id: 'chosen', type: 'model', model: 'small-net' },
  { id: 'begin', type: 'inject', ...at, once: true, onceDelay: 1, props: [], repeat: '', wires: [['source']] },
  { id: 'source', type: 'function', ...at, func: SOURCE, outputs: 1, libs: [], wires: [['middle']] },
  { ...middle, ...at, id: 'middle', wires: [['sink']] },
  { id: 'sink', type: 'bench-sink', ...at, wires: [] },
];

const found = models.find(({ name }) => name === NAME);
if (!found) throw new Error(`no model ${NAME}`);
const onnx = writeOnnx(found.model);
const output = 'scores';
const session = await InferenceSession.create(onnx, { intraOpNumThreads: 1, interOpNumThreads: 1 });

const arrivals = new EventEmitter();
let arrived = 0;
let begun = NaN;
const nodeRed = await startNodeRed(
  () => {
    arrived++;
    if (arrived === WARM) begun = performance.now();
    if (arrived === MESSAGES) arrivals.emit('all');
  },
  {
    onnx: {
      session: { run: async (feeds: never) => ({ y: (await session.run(feeds))[output] }) },
      Tensor,
      Float32Array,
    },
  },
);
await writePackage(join(nodeRed.directory, 'models', 'small-net'), {
  manifest: {
    ...{ name: 'small-net', version: '1.0.0', task: 'classification', vectors: [] },
    inputs: [
      {
        ...{ name: 'x', type: 'float32', shape: ['rows', WIDTH] },
        features: Array.from({ length: WIDTH }, (_, i) => `f${i}`),
      },
    ],
    outputs: [{ name: output, type: 'float32', shape: ['rows', 4], role: 'scores' }],
    labels: ['a', 'b', 'c', 'd'],
  },
  onnx,
});

async function measure(middle: FlowNode): Promise<number> {
  const rates: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    arrived = 0;
    const all = once(arrivals, 'all', { signal: AbortSignal.timeout(PATIENCE) });
    await nodeRed.deploy(flowOf(middle));
    await all;
    rates.push((1000 * (MESSAGES - WARM)) / (performance.now() - begun));
  }
  return median(rates);
}

const infer = await measure({ id: 'middle', type: 'infer', model: 'chosen' });
const awaits = await measure({ id: 'middle', type: 'function', func: AWAITS, outputs: 1, libs: [] });
await nodeRed.stop();
process.stdout.write(`${JSON.stringify({ infer, awaits })}\n`, () => process.exit(0));
