/** The process in which one training or evaluation runs: it may be ended, or run out of memory, and nothing else suffers. */
import { systemClock, toPlainError } from '../../base/index.ts';
import { evaluateModels } from '../run/evaluate-models.ts';
import { trainModel } from '../run/train-model.ts';
import { asTrainingError } from './as-training-error.ts';
import { openExamples } from './open-examples.ts';
import { createPulse } from './pulse.ts';
import type { Job, ProcessMessage } from './protocol.ts';

// Ctrl-C at a terminal reaches every process of it: whoever began this one decides.
process.on('SIGINT', () => undefined);
// Whoever wanted the answer is gone.
process.on('disconnect', () => process.exit(1));
process.once('message', (job: Job) => void answer(job));

const tell = (message: ProcessMessage) =>
  new Promise<void>((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

const parent = process.ppid;

async function answer(job: Job): Promise<void> {
  const step = createPulse(systemClock, (done, words) => {
    // A loop that trains hears of no closed channel until it is done, which may take hours.
    if (process.ppid !== parent) process.exit(1);
    void tell({ kind: 'progress', done, step: words });
  });
  try {
    step(0, 'reading the examples');
    const { examples, findings } = await openExamples(job);
    const outcome =
      job.kind === 'train'
        ? await trainModel(job, examples, { clock: systemClock, step, findings })
        : await evaluateModels(job, examples, { clock: systemClock, step });
    await tell({ kind: 'outcome', outcome });
  } catch (thrown) {
    await tell({ kind: 'failed', error: toPlainError(asTrainingError(thrown)) });
  }
  process.exit(0);
}
