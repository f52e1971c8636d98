import type { TruthLabel } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS, labelText, rangeOfLabels } from '../../look/data-words.ts';
import { count } from '../../look/numbers.ts';
import { labelColour } from '../../look/label-colours.ts';

interface BalanceProps {
  readonly dataSet: string;
  readonly labels: readonly { readonly label: TruthLabel | null; readonly examples: number }[];
  /** The one that is being recorded. */
  readonly recording?: TruthLabel | null;
}

/** As many as one takes in. */
const MOST = 12;

/** How many examples each label has, as bars; of values, from where to where they go. */
export function Balance({ dataSet, labels, recording = null }: BalanceProps) {
  const range = rangeOfLabels(labels);
  if (range) return <p class="millrace-quiet">{WORDS.toPredict(range.low, range.high)}</p>;
  const shown = labels.slice(0, MOST);
  const most = Math.max(1, ...shown.map(({ examples }) => examples));
  const rest = labels.slice(MOST).reduce((sum, { examples }) => sum + examples, 0);
  return (
    <ul class="millrace-bars millrace-balance">
      {shown.map(({ label, examples }) => (
        <li key={String(label)} class={label !== null && label === recording ? 'millrace-bar-first' : undefined}>
          <span class="millrace-bar-name" title={labelText(label)}>
            {label !== null && label === recording && <span class="millrace-recording-dot" aria-hidden="true" />}
            {labelText(label)}
          </span>
          <span class="millrace-bar">
            <span style={{ width: `${(examples / most) * 100}%`, background: labelColour(dataSet, label) }} />
          </span>
          <span class="millrace-bar-value">{count(examples)}</span>
        </li>
      ))}
      {rest > 0 && (
        <li>
          <span class="millrace-bar-name">… {count(labels.length - MOST)} more</span>
          <span />
          <span class="millrace-bar-value">{count(rest)}</span>
        </li>
      )}
    </ul>
  );
}
