// Puts messages without pause and says which were taken; the test kills it in mid-stream.
import { systemClock } from '../../../runtime/base/index.ts';
import { openOutbox } from '../../../runtime/outbox/index.ts';

const [directory = '', url = '', first = '1'] = process.argv.slice(2);
const outbox = openOutbox({ directory, gateway: 'gateway-1', clock: systemClock });
const cloud = outbox.destination('cloud', { type: 'mqtt', url });

const put = async (n: number) => {
  const key = await cloud.put('pump', { payload: n });
  process.stdout.write(`${JSON.stringify([key.sequence, n])}\n`);
};

for (let n = Number(first); ;) {
  await Promise.all(Array.from({ length: 1 + (n % 7) }, () => put(n++)));
}
