import type { ClassificationQuality } from '../../../runtime/messages/index.ts';
import { count } from '../../look/numbers.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { plain } from '../../look/words.ts';

/** A cell of the matrix: what it was, and what the model said. */
export interface Cell {
  readonly actual: string;
  readonly said: string;
}

interface ConfusionProps {
  readonly quality: Pick<ClassificationQuality, 'labels' | 'confusion'>;
  readonly chosen?: Cell | undefined;
  choose?(cell: Cell | undefined): void;
}

/** Labels whose names find room side by side; those of more stand upright. */
const FEW = 4;

/** The confusion matrix; a cell that holds mistakes leads to them. */
export function Confusion({ quality: { labels, confusion }, chosen, choose }: ConfusionProps) {
  const share = (row: number, column: number) => {
    const cells = confusion[row] ?? [];
    const all = cells.reduce((sum, each) => sum + each, 0);
    return all === 0 ? 0 : (cells[column] ?? 0) / all;
  };
  const many = labels.length > FEW ? ' millrace-confusion-many' : '';
  return (
    <div class="millrace-scroll">
      <table class={`millrace-confusion millrace-confusion-cells${many}`} aria-label={WORDS.confusion}>
        <thead>
          <tr>
            <th scope="col">{WORDS.confusionCorner}</th>
            {labels.map((label) => (
              <th key={label} scope="col" title={plain(label)}>
                {plain(label)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {labels.map((actual, row) => (
            <tr key={actual}>
              <th scope="row" title={plain(actual)}>
                {plain(actual)}
              </th>
              {labels.map((said, column) => {
                const n = confusion[row]?.[column] ?? 0;
                const words = WORDS.cell(n, actual, said);
                const wrong = row !== column && n > 0;
                const isChosen = chosen?.actual === actual && chosen.said === said;
                return (
                  <td
                    key={said}
                    class={`${row === column ? 'millrace-right' : 'millrace-wrong'}${n === 0 ? ' millrace-none' : ''}`}
                    style={{ '--millrace-share': `${Math.round(share(row, column) * 100)}%` }}
                    title={words}
                  >
                    {wrong && choose ? (
                      <button
                        type="button"
                        aria-label={words}
                        aria-pressed={isChosen}
                        onClick={() => choose(isChosen ? undefined : { actual, said })}
                      >
                        {count(n)}
                      </button>
                    ) : (
                      count(n)
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
