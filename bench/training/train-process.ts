/** Trains one trainer on one set and prints what it took: `train-process.ts SET TRAINER SETTINGS`. */
import { TRAINERS } from '../../runtime/training/trainers/catalogue.ts';
import type { TrainerName } from '../../runtime/messages/index.ts';
import type { Measured } from './messages.ts';
import { SETS } from './sets.ts';

const [name = '', wanted = '', settings = '{}'] = process.argv.slice(2);
const trainer = TRAINERS[wanted as TrainerName];
const made = SETS[name]?.();
if (!trainer || !made) throw new Error(`no set "${name}" or no trainer "${wanted}"`);
const { train, test } = made;
const chosen = trainer.settings.parse(JSON.parse(settings));
const used = process.cpuUsage();
const begun = performance.now();
const fitted = trainer.train(train, chosen, { seed: 1, step: () => true });
const seconds = (performance.now() - begun) / 1000;
const { user, system } = process.cpuUsage(used);
const peak = process.resourceUsage().maxRSS / 1024;
const measured: Measured = {
  accuracy: accuracyOf(fitted.predict(test.values, test.rows)),
  ...{ seconds, processorSeconds: (user + system) / 1e6, peak, words: fitted.words },
};
process.stdout.write(`${JSON.stringify(measured)}\n`);

function accuracyOf(scores: Float64Array): number {
  if (test.target.task !== 'classification') return NaN;
  const { codes, classes } = test.target;
  let right = 0;
  for (let row = 0; row < test.rows; row++) {
    const own = scores.subarray(row * classes.length, (row + 1) * classes.length);
    if (own.indexOf(Math.max(...own)) === codes[row]) right++;
  }
  return right / test.rows;
}
