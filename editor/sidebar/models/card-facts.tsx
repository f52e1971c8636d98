import type { MachineFacts, ModelCard } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS, TASK_WORDS, TIER_WORDS } from '../../look/model-words.ts';
import { microseconds } from '../../look/numbers.ts';
import { plain } from '../../look/words.ts';

/** What a model does, in a few lines. */
export function CardFacts({ card }: { readonly card: ModelCard }) {
  const { task, description, inputs, outputs, labels, machine } = card;
  const gives = labels
    ? labels.slice(0, 6).map(plain).join(', ') + (labels.length > 6 ? ` … (${labels.length})` : '')
    : outputs.map(({ words }) => words).join('; ');
  return (
    <>
      {description !== undefined && <p>{description}</p>}
      <dl class="millrace-facts">
        <dt>{WORDS.task}</dt>
        <dd>{TASK_WORDS[task] ?? task}</dd>
        <dt>{WORDS.takes}</dt>
        <dd>{inputs.map(({ words }) => words).join('; ')}</dd>
        <dt>{WORDS.gives}</dt>
        <dd>{gives}</dd>
        <dt>{WORDS.runs}</dt>
        <dd>{machine ? machineWords(machine) : <span class="millrace-quiet">{WORDS.runsUnknown}</span>}</dd>
      </dl>
    </>
  );
}

/** `as plain JavaScript, 1.2 µs each: a tree of 63 nodes` */
function machineWords({ tier, why, microseconds: times }: MachineFacts): string {
  const time = times[tier];
  const first = [TIER_WORDS[tier] ?? tier, time === undefined ? '' : `${microseconds(time)} each`];
  return `${first.filter(Boolean).join(', ')}: ${why}`;
}
