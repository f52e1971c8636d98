/**
 * Takes messages, sends them, or both, until it is killed; writes down each one that was taken: `STREAM SEQUENCE N`. What it
 * does is given as JSON.
 */
import { openSync, writeSync } from 'node:fs';
import { systemClock } from '../../../runtime/base/index.ts';
import { openOutbox } from '../../../runtime/outbox/index.ts';

export interface GatewayWork {
  readonly directory: string;
  readonly url: string;
  /** Where it is written down what was taken: there also when the process is gone. */
  readonly notes: string;
  /** The number of the first message. */
  readonly first: number;
  readonly take: boolean;
  readonly send: boolean;
  /** Ends by itself when nothing waits. */
  readonly drain: boolean;
}

const { directory, url, notes, first, take, send, drain } = JSON.parse(process.argv[2] ?? '{}') as GatewayWork;
const LANES = ['live', 'live', 'live', 'alarm', 'bulk'] as const;
/** Enough for a chunk, so that some are full. */
const BURST = 1_200;

const notebook = openSync(notes, 'a');
const outbox = openOutbox({ directory, gateway: 'gateway-1', clock: systemClock });
outbox.onWarning((warning) => {
  if (warning.code !== 'BACKLOG_UNSERVED') console.log(`! ${warning.message}`);
});
// With nobody to send to, there is only taking.
const cloud = send ? outbox.destination('cloud', { type: 'mqtt', url }) : undefined;
cloud?.start();
console.log('begun');

let n = first;
const put = async () => {
  const own = n++;
  const stream = `pump-${own % 7}`;
  const lane = LANES[own % LANES.length] ?? 'live';
  const message = { payload: { n: own, temperature: 40 + Math.sin(own), text: 'x'.repeat(own % 400) } };
  const key = await outbox.put('cloud', stream, message, { lane });
  writeSync(notebook, `${key.stream} ${key.sequence} ${own}\n`);
};

await put();
console.log('open');
while (drain && cloud && cloud.state().depth > 0) await systemClock.sleep(50);
while (take) {
  // Small bursts and large ones.
  const burst = 1 + Math.floor(BURST * Math.random() ** 4);
  await Promise.all(Array.from({ length: burst }, put));
  if (Math.random() < 0.2) await systemClock.sleep(20 * Math.random());
}
if (!drain) await systemClock.sleep(3_600_000);
await outbox.close();
