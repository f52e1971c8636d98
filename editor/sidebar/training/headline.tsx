import { type Evaluation, qualityWords } from '../../../runtime/messages/index.ts';

/** The sentence that a newcomer reads first, with its figure large. */
export function Headline({ evaluation }: { readonly evaluation: Evaluation }) {
  const words = qualityWords(evaluation);
  const [, figure = '', rest = words] = /^(\S*[\d.]+ %|off by \S+|finds \S+ %)(.*)$/.exec(words) ?? [];
  return (
    <p class="millrace-headline">
      {figure !== '' && <strong>{figure}</strong>}
      {rest}
    </p>
  );
}
