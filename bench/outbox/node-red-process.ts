/**
 * What a Node-RED without Millrace has: its own mqtt out at QoS 1, and a queue in its file context. What the process does is
 * given as JSON; it prints what it measured.
 */
import { EventEmitter, once } from 'node:events';
import { startNodeRed } from '../support/embedded-node-red.ts';
import { readings } from './messages.ts';
import { startMosquitto } from './mosquitto.ts';

interface Work {
  /** Through mqtt out, until the broker has acknowledged the last. */
  readonly mqttOut?: { readonly port: number; readonly messages: number };
  /** Sent through mqtt out while the broker is away for a second: how many of them arrive afterwards? */
  readonly outage?: { readonly port: number; readonly messages: number };
  /** Appended one by one to an array in the file context, which is written each time. */
  readonly context?: { readonly messages: number };
}

const { work } = JSON.parse(process.argv[2] ?? '{}') as { work: Work };
const say = (line: Readonly<Record<string, unknown>>) => process.stdout.write(`${JSON.stringify(line)}\n`);
const sleep = (ms: number) => new Promise((resolve) => void setTimeout(resolve, ms));

const arrivals = new EventEmitter();
let arrived = 0;
let wanted = Infinity;
const nodeRed = await startNodeRed(
  () => {
    arrived++;
    if (arrived >= wanted) arrivals.emit('all');
  },
  {
    readings: (count: number) => readings(count, true),
    turn: () => new Promise((resolve) => void setImmediate(resolve)),
  },
  { contextStorage: { default: { module: 'memory' }, file: { module: 'localfilesystem', config: { cache: false } } } },
);

const at = { z: 'tab', x: 100, y: 100 };
const tab = { id: 'tab', type: 'tab', label: 'bench' };
const start = { id: 'start', type: 'inject', ...at, once: true, onceDelay: 0, props: [], wires: [['send']] };
const sink = { id: 'sink', type: 'bench-sink', ...at, wires: [] };

/** Hands over the readings, a thousand in a turn of the event loop. */
const sender = (messages: number) => `
  const pool = global.get('readings')(20000);
  for (let n = 0; n < ${messages}; n++) {
    const { stream, message } = pool[n % pool.length];
    node.send({ topic: stream, payload: JSON.stringify(message) });
    if (n % 1000 === 999) await global.get('turn')();
  }`;

const mqttFlow = (port: number, messages: number) => [
  tab,
  start,
  { id: 'send', type: 'function', ...at, func: sender(messages), outputs: 1, wires: [['out']] },
  { id: 'out', type: 'mqtt out', ...at, topic: '', qos: '1', retain: 'false', broker: 'broker', wires: [] },
  { id: 'done', type: 'complete', ...at, scope: ['out'], uncaught: false, wires: [['sink']] },
  ...[
    sink,
    {
      id: 'broker',
      type: 'mqtt-broker',
      broker: '127.0.0.1',
      port,
      autoConnect: true,
      protocolVersion: '4',
      keepalive: 60,
    },
  ],
];

const contextFlow = (messages: number) => [
  tab,
  start,
  {
    ...{ id: 'send', type: 'function', ...at, outputs: 1, wires: [['sink']] },
    func: `
      const pool = global.get('readings')(20000);
      const queue = [];
      for (let n = 0; n < ${messages}; n++) {
        queue.push(pool[n % pool.length].message);
        await new Promise((resolve, reject) =>
          flow.set('queue', queue, 'file', (error) => (error ? reject(error) : resolve())));
        node.send({ payload: n });
      }`,
  },
  sink,
];

/** @returns messages a second until the last has arrived */
async function timed(flow: Parameters<typeof nodeRed.deploy>[0], messages: number): Promise<number> {
  wanted = messages;
  const all = once(arrivals, 'all');
  const begun = performance.now();
  await nodeRed.deploy(flow);
  await all;
  return (1000 * messages) / (performance.now() - begun);
}

if (work.mqttOut) {
  say({ rate: await timed(mqttFlow(work.mqttOut.port, work.mqttOut.messages), work.mqttOut.messages) });
} else if (work.context) {
  say({ rate: await timed(contextFlow(work.context.messages), work.context.messages) });
} else if (work.outage) {
  const { port, messages } = work.outage;
  await nodeRed.deploy(mqttFlow(port, messages));
  await sleep(1000);
  const broker = await startMosquitto(port);
  wanted = messages;
  await Promise.race([once(arrivals, 'all'), sleep(20_000)]);
  say({ sent: messages, arrived });
  await broker?.stop();
}
await nodeRed.stop();
process.exit();
