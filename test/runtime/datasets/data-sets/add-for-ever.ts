// Adds examples without pause and says which were taken; the test kills it in mid-stream.
import { systemClock } from '../../../../runtime/base/index.ts';
import { openDataSets } from '../../../../runtime/datasets/index.ts';

const [directory = '', first = '0'] = process.argv.slice(2);
const set = await openDataSets({ directory, clock: systemClock }).open('killed');
for (let n = Number(first); ;) {
  const count = 1 + (n % 60);
  const ids = await set.add(Array.from({ length: count }, (_, i) => ({ payload: { n: n + i, half: (n + i) / 2 } })));
  process.stdout.write(`${ids.map((id, i) => `${id} ${n + i}`).join('\n')}\n`);
  n += count;
}
