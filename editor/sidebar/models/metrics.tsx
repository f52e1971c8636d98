import { z } from 'zod';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { count, percent } from '../../look/numbers.ts';
import { plain } from '../../look/words.ts';

/** What is shown of the figures of a package, where it has them. */
const figures = z.object({
  heldOut: z.string().optional().catch(undefined),
  rows: z.number().optional().catch(undefined),
  accuracy: z.number().optional().catch(undefined),
  confusion: z.array(z.array(z.number())).optional().catch(undefined),
});

/** More labels make no table that one can read here. */
const MOST = 8;

interface MetricsProps {
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly labels: readonly string[];
}

/** How good it was on data that it had not seen. */
export function Metrics({ metrics, labels }: MetricsProps) {
  const { heldOut, rows, accuracy, confusion } = figures.parse(metrics);
  const on = heldOut ?? (rows === undefined ? '' : `${count(rows)} rows`);
  return (
    <section aria-label={WORDS.measured}>
      <h5>{WORDS.measured}</h5>
      {accuracy !== undefined && (
        <p>
          <b>{WORDS.accuracy(accuracy)}</b> {on && `${WORDS.heldOut} ${on}`}
        </p>
      )}
      {confusion && labels.length === confusion.length && labels.length <= MOST && (
        <Confusion confusion={confusion} labels={labels} />
      )}
    </section>
  );
}

function Confusion({
  confusion,
  labels,
}: {
  readonly confusion: readonly number[][];
  readonly labels: readonly string[];
}) {
  const share = (row: number, column: number) => {
    const line = confusion[row] ?? [];
    const all = line.reduce((sum, each) => sum + each, 0);
    return all === 0 ? 0 : (line[column] ?? 0) / all;
  };
  return (
    <table class="millrace-confusion" aria-label={WORDS.confusionLabel}>
      <thead>
        <tr>
          <th scope="col">{WORDS.confusion}</th>
          {labels.map((label) => (
            <th key={label} scope="col" title={plain(label)}>
              {plain(label)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {labels.map((label, row) => (
          <tr key={label}>
            <th scope="row">{plain(label)}</th>
            {labels.map((other, column) => (
              <td
                key={other}
                class={row === column ? 'millrace-right' : 'millrace-wrong'}
                style={{ '--millrace-share': `${Math.round(share(row, column) * 100)}%` }}
                title={percent(share(row, column))}
              >
                {count(confusion[row]?.[column] ?? 0)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
