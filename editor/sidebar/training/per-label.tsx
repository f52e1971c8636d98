import type { ClassificationQuality, Estimate } from '../../../runtime/messages/index.ts';
import { count } from '../../look/numbers.ts';
import { percentOne, TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { plain } from '../../look/words.ts';

/** Precision, recall and F1 of each label, with their intervals. */
export function PerLabel({ perLabel }: Pick<ClassificationQuality, 'perLabel'>) {
  return (
    <>
      <p class="millrace-quiet">{WORDS.perLabelHint}</p>
      <div class="millrace-scroll">
        <table class="millrace-table" aria-label={WORDS.perLabel}>
          <thead>
            <tr>
              {WORDS.perLabelHead.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {perLabel.map(({ label, rows, precision, recall, f1 }) => (
              <tr key={label}>
                <th scope="row" title={plain(label)}>
                  {plain(label)}
                </th>
                <Figure estimate={precision} />
                <Figure estimate={recall} />
                <Figure estimate={f1} />
                <td>{count(rows)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

function Figure({ estimate: { value, low, high } }: { readonly estimate: Estimate }) {
  return (
    <td title={`${percentOne(low)} to ${percentOne(high)}`}>
      {Number.isFinite(value) ? percentOne(value) : '–'}
      <span class="millrace-interval" aria-hidden="true">
        <span style={{ left: `${low * 100}%`, right: `${(1 - high) * 100}%` }} />
        <i style={{ left: `${value * 100}%` }} />
      </span>
    </td>
  );
}
