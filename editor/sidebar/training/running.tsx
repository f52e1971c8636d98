import type { TrainingState } from '../../../runtime/messages/index.ts';
import { TRAINING_WORDS as WORDS, trainingWords } from '../../look/training-words.ts';
import { percent } from '../../look/numbers.ts';
import { Button } from '../button.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { ProgressBar } from '../progress-bar.tsx';

interface RunningProps {
  readonly training: TrainingState;
  cancel(): void;
}

/** A training that is under way: how far it is, what it does, and a way to end it. */
export function Running({ training, cancel }: RunningProps) {
  const { model, dataSet, progress, state } = training;
  return (
    <section class="millrace-card millrace-training" aria-label={`${WORDS.training}: ${model}`}>
      <header>
        <h3>{model}</h3>
        <span class="millrace-quiet">{dataSet}</span>
        <span class="millrace-aside">{state === 'running' ? percent(progress) : ''}</span>
      </header>
      <ProgressBar share={progress} label={WORDS.under} />
      <div class="millrace-actions">
        <span class="millrace-quiet" role="status">
          {trainingWords(training)}
        </span>
        {mayWrite() && <Button icon="times" label={WORDS.cancel} act={cancel} />}
      </div>
    </section>
  );
}
