import type { Entry, ShownOf } from '../live/store.ts';
import { TRAINING_WORDS as WORDS } from '../look/training-words.ts';
import { Card } from './card.tsx';
import { Confusion } from './training/confusion.tsx';

/** More labels make no table that one can read here. */
const MOST = 8;

/** How good a model is, on a data set or while it works. */
export function EvaluationCard({ entry: { latest } }: { readonly entry: Entry<ShownOf<'evaluation'>> }) {
  const { model, dataSet, waiting, result, labels = [], confusion, verdict } = latest;
  return (
    <Card title={WORDS.live} view={latest} aside={dataSet || (waiting > 0 ? WORDS.pending(waiting) : '')}>
      <p>
        <b>{result}</b>
      </p>
      {verdict !== undefined && <p>{verdict}</p>}
      {confusion && labels.length > 0 && labels.length <= MOST && <Confusion quality={{ labels, confusion }} />}
      {model && (
        <footer>
          model <b>{model.name}</b> {model.version}
        </footer>
      )}
    </Card>
  );
}
