import type { Entry, ShownOf } from '../live/store.ts';
import { DATA_WORDS as WORDS } from '../look/data-words.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { Balance } from './data/balance.tsx';

interface CollectCardProps {
  readonly entry: Entry<ShownOf<'collect'>>;
  /** Shows the part where its buttons are. */
  openData(): void;
}

/** What is being collected, beside all else that is live. */
export function CollectCard({ entry: { latest }, openData }: CollectCardProps) {
  const { dataSet, labels, recording, unlabelled } = latest;
  const all = unlabelled > 0 ? [...labels, { label: null, examples: unlabelled }] : labels;
  return (
    <Card
      title={WORDS.collect}
      view={latest}
      aside={
        <>
          {WORDS.into} <b>{dataSet}</b>
        </>
      }
    >
      {all.length > 0 && <Balance {...{ dataSet, recording }} labels={all} />}
      <div class="millrace-actions">
        <Button icon="circle" label={WORDS.openData} act={openData} />
      </div>
    </Card>
  );
}
