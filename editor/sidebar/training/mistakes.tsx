import { useState } from 'preact/hooks';
import type { DataSetRow, Mistake } from '../../../runtime/messages/index.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import { ExampleDetail } from '../data/example-detail.tsx';
import { ExampleDrawing } from '../data/example-drawing.tsx';
import type { DataSets } from '../data/data-sets.ts';
import { useLoaded } from '../data/use-loaded.ts';
import type { Cell } from './confusion.tsx';

interface MistakesProps {
  readonly mistakes: readonly Mistake[];
  /** Nothing: all of them. */
  readonly cell: Cell | undefined;
  /** The data set that they lie in, if it is still there. */
  readonly row: DataSetRow | undefined;
  readonly dataSets: DataSets;
  showAll(): void;
}

/** As many as are drawn at once. */
const SHOWN = 12;

/** The examples that a model gets wrong, drawn, with what they are and what it said; each can be opened and relabelled. */
export function Mistakes({ mistakes, cell, row, dataSets, showAll }: MistakesProps) {
  const [opened, setOpened] = useState<number>();
  const [all, setAll] = useState(false);
  const wanted = cell
    ? mistakes.filter(({ actual, predicted }) => String(actual) === cell.actual && String(predicted) === cell.said)
    : mistakes;
  const shown = all ? wanted : wanted.slice(0, SHOWN);
  const ids = shown.map(({ id }) => id);
  const { value: drawn = [] } = useLoaded(
    async () => {
      if (!row) return [];
      const asked = ids.slice(0, 4 * SHOWN).map((id) => dataSets.example(row.name, id).catch(() => undefined));
      return (await Promise.all(asked)).filter((one) => one !== undefined);
    },
    `${row?.name ?? ''} ${row?.changed ?? 0} ${ids.join()}`,
  );
  if (mistakes.length === 0) return <p class="millrace-quiet">{WORDS.noMistakes}</p>;
  return (
    <>
      {cell && (
        <div class="millrace-actions">
          <b>{WORDS.mistakesOf(cell.actual, cell.said)}</b>
          <button type="button" class="millrace-more" onClick={showAll}>
            {WORDS.all}
          </button>
        </div>
      )}
      {wanted.length === 0 && <p class="millrace-quiet">{WORDS.noneKept}</p>}
      <ul class="millrace-items millrace-mistakes" aria-label={WORDS.mistakes}>
        {shown.map((mistake) => {
          const { id, group } = mistake;
          const open = opened === id;
          return (
            <li key={id}>
              <button
                type="button"
                class="millrace-mistake"
                aria-expanded={open}
                disabled={!row}
                onClick={() => setOpened(open ? undefined : id)}
              >
                <ExampleDrawing example={drawn.find((one) => one.id === id)} beside={drawn} />
                <span>
                  {wordsOf(mistake)}
                  <small class="millrace-quiet">{group}</small>
                </span>
              </button>
              {open && row && (
                <ExampleDetail
                  {...{ row, dataSets, id }}
                  state={String(row.changed ?? 0)}
                  close={() => setOpened(undefined)}
                />
              )}
            </li>
          );
        })}
      </ul>
      {wanted.length > shown.length && (
        <button type="button" class="millrace-more" onClick={() => setAll(true)}>
          {wanted.length - shown.length} more
        </button>
      )}
    </>
  );
}

function wordsOf({ actual, predicted, score }: Mistake): string {
  if (typeof actual === 'number' && typeof predicted === 'number') return WORDS.residual(actual, predicted);
  return `${WORDS.mistake(String(actual), String(predicted))}, ${WORDS.sure(score)}`;
}
