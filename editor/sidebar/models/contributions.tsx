import type { Explanation } from '../../../runtime/messages/index.ts';
import { METHOD_WORDS, MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { number } from '../../look/numbers.ts';
import { plain } from '../../look/words.ts';

const MOST = 10;

/** How much each feature moved the answer: to the right for it, to the left against it. */
export function Contributions({ explanation }: { readonly explanation: Explanation }) {
  const { contributions, of, method, note } = explanation;
  const shown = contributions.slice(0, MOST);
  const largest = Math.max(...shown.map(({ contribution }) => Math.abs(contribution)), Number.MIN_VALUE);
  return (
    <section aria-label={WORDS.explained}>
      <h5>
        {WORDS.explained} “{plain(of)}”
      </h5>
      <ul class="millrace-bars millrace-contributions">
        {shown.map(({ feature, value, contribution }) => {
          const share = (Math.abs(contribution) / largest) * 50;
          return (
            <li key={feature}>
              <span class="millrace-bar-name" title={`${plain(feature)} = ${number(value)}`}>
                {plain(feature)}
              </span>
              <span class={contribution < 0 ? 'millrace-bar millrace-against' : 'millrace-bar'}>
                <span style={{ width: `${share}%`, marginLeft: `${contribution < 0 ? 50 - share : 50}%` }} />
              </span>
              <span class="millrace-bar-value">
                {contribution > 0 ? '+' : ''}
                {number(contribution)}
              </span>
            </li>
          );
        })}
      </ul>
      <p class="millrace-quiet">
        {METHOD_WORDS[method]} {note}
      </p>
    </section>
  );
}
