import type { ModelProposal } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS, TIER_WORDS } from '../../look/model-words.ts';
import { microseconds } from '../../look/numbers.ts';
import { Answer } from './answer.tsx';

interface SampleProps {
  readonly sample: ModelProposal['sample'];
  readonly proposal: Pick<ModelProposal, 'tier' | 'why' | 'microseconds'>;
  /** A newer one is on its way. */
  readonly busy: boolean;
}

/** What the model answered to an input that was made up, or why it did not. */
export function Sample({ sample: { prediction, problem }, proposal, busy }: SampleProps) {
  const { tier, why, microseconds: time } = proposal;
  return (
    <div role="status" class={busy ? 'millrace-sample millrace-sample-old' : 'millrace-sample'}>
      {problem && (
        <div class="millrace-problem">
          <strong>{WORDS.cannot}</strong>
          <p>{problem.message}</p>
          <p class="millrace-hint">{problem.hint}</p>
          <code>{problem.code}</code>
        </div>
      )}
      {!problem && prediction !== undefined && (
        <>
          <Answer prediction={prediction} />
          <p class="millrace-quiet">{WORDS.sampleHint}</p>
        </>
      )}
      {tier !== undefined && (
        <p class="millrace-quiet" title={why}>
          {[TIER_WORDS[tier] ?? tier, time === undefined ? '' : microseconds(time)].filter(Boolean).join(', ')}
        </p>
      )}
    </div>
  );
}
