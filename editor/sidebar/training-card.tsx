import type { Entry, ShownOf } from '../live/store.ts';
import { percent } from '../look/numbers.ts';
import { TRAINING_WORDS as WORDS } from '../look/training-words.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { ProgressBar } from './progress-bar.tsx';

interface TrainingCardProps {
  readonly entry: Entry<ShownOf<'training'>>;
  /** Shows the part where the whole result is. */
  openTraining(): void;
}

/** How a node's training goes, and what came of the last one. */
export function TrainingCard({ entry: { latest }, openTraining }: TrainingCardProps) {
  const { model, dataSet, state, progress, step, version, result } = latest;
  const runs = state === 'running' || state === 'waiting';
  return (
    <Card title={WORDS.training} view={latest} aside={version === undefined ? model : `${model} ${version}`}>
      {runs && <ProgressBar share={progress} label={WORDS.under} />}
      <p>{runs ? `${percent(progress)} · ${step}` : (result ?? `${WORDS.from} ${dataSet}`)}</p>
      <div class="millrace-actions">
        <Button icon="graduation-cap" label={WORDS.openTraining} act={openTraining} />
      </div>
    </Card>
  );
}
