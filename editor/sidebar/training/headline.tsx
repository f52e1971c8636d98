import type { Evaluation } from '../../../runtime/messages/index.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';

interface HeadlineProps {
  readonly words: string;
  readonly evaluation: Evaluation;
}

/** Half an interval that is wider says little, points. */
const WIDE = 0.1;

/** The sentence that a newcomer reads first, with its figure large. */
export function Headline({ words, evaluation: { classification } }: HeadlineProps) {
  const [, figure = '', rest = words] = /^([\d.]+ %|off by \S+|finds \S+ %)(.*)$/.exec(words) ?? [];
  const wide = classification && (classification.accuracy.high - classification.accuracy.low) / 2 > WIDE;
  return (
    <>
      <p class="millrace-headline">
        {figure !== '' && <strong>{figure}</strong>}
        {rest}
      </p>
      {wide && <p class="millrace-quiet">{WORDS.wide}</p>}
    </>
  );
}
