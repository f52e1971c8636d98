/** A process that trains for hours: prints the number of the process in which it does, once that is under way. */
import { readFile } from 'node:fs/promises';
import { workplace } from './support.ts';

const place = await workplace();
process.stdout.write(`${place.directory}\n`);
await place.fill(
  'many',
  Array.from({ length: 6000 }, (_, row) => ({
    payload: Object.fromEntries(Array.from({ length: 20 }, (_, at) => [`f${at}`, Math.sin(row * 7.3 + at * 1.7)])),
    label: row % 2 === 0 ? 'well' : 'worn',
  })),
);
let said = false;
place.learning.onChange(({ step }) => {
  if (said || !step.startsWith('fold')) return;
  said = true;
  void readFile(`/proc/${process.pid}/task/${process.pid}/children`, 'utf8').then((children) =>
    process.stdout.write(`${children.trim().split(/\s+/).at(-1)}\n`),
  );
});
const settings = { trees: 1000 };
await place.learning.train({
  ...{ dataSet: 'many', model: 'many' },
  choices: { trainer: 'random-forest', settings, folds: 20, seconds: 86_400 },
});
