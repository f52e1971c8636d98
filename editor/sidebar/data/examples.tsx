import { useEffect, useState } from 'preact/hooks';
import type { DataSetRow, ExampleChoice, ExampleView, TruthLabel } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS, labelText, momentWords } from '../../look/data-words.ts';
import { IconButton } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { Change } from './change.tsx';
import { labelColour } from '../../look/label-colours.ts';
import type { DataSets } from './data-sets.ts';
import { ExampleDrawing } from './example-drawing.tsx';
import { useLoaded } from './use-loaded.ts';

interface ExamplesProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
  readonly state: string;
  readonly shown: number | undefined;
  show(example: number): void;
}

const PAGE = 12;
/** Of the choice of labels: every example. */
const ALL = 'all';
/** A text and a number that look alike are two labels. */
const keyOf = (label: TruthLabel | null) => JSON.stringify(label);

/** The examples, a page at a time: look at one, or choose several and change them. */
export function Examples({ row, dataSets, state, shown, show }: ExamplesProps) {
  const [whose, setWhose] = useState(ALL);
  const [offset, setOffset] = useState(0);
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  // By what it is called: the order changes while examples come in.
  const label = row.labels.find((one) => keyOf(one.label) === whose)?.label;
  const gone = whose !== ALL && label === undefined;
  useEffect(() => {
    if (gone) setWhose(ALL);
  }, [gone]);
  const filter = label === undefined ? {} : { label: label === null ? '' : String(label) };
  const wanted = `${offset} ${JSON.stringify(filter)}`;
  const { value, trouble } = useLoaded(
    async () => {
      const page = await dataSets.examples(row.name, { offset, limit: PAGE, values: 'yes', ...filter });
      const views = page.examples.flatMap(({ values, ...one }): ExampleView[] => (values ? [{ ...one, values }] : []));
      return { ...page, offset, of: wanted, views };
    },
    wanted,
    state,
    1_000,
  );
  // What stands there is of the choice before: none of it must be chosen.
  const stale = value?.of !== wanted;
  const total = value?.total ?? 0;
  useEffect(() => {
    if (value && offset > 0 && offset >= value.total) setOffset(Math.max(0, offset - PAGE));
  }, [value, offset]);
  const go = (to: number) => {
    setOffset(to);
    setChosen(new Set());
  };
  const toggle = (ids: readonly number[], on: boolean) => {
    const next = new Set(chosen);
    for (const id of ids) {
      if (on) next.add(id);
      else next.delete(id);
    }
    setChosen(next);
  };
  const page = value?.examples.map(({ id }) => id) ?? [];
  const change = mayWrite() && !row.shipped;
  // All of a label, beyond the page, where the label was chosen and every one of the page is.
  const whole = label !== undefined && page.length > 0 && page.every((id) => chosen.has(id));
  const choice: ExampleChoice = whole ? { label } : { ids: [...chosen] };
  const examples = whole ? total : chosen.size;
  return (
    <section class="millrace-examples">
      <div class="millrace-item-row">
        <h5>{WORDS.list2}</h5>
        <select
          aria-label={WORDS.whose}
          value={gone ? ALL : whose}
          onChange={({ currentTarget }) => {
            setWhose(currentTarget.value);
            go(0);
          }}
        >
          <option value={ALL}>{WORDS.all}</option>
          {row.labels.slice(0, 100).map((one) => (
            <option key={keyOf(one.label)} value={keyOf(one.label)}>
              {labelText(one.label)} ({one.examples})
            </option>
          ))}
        </select>
        <span class="millrace-aside">
          {total > 0 && WORDS.page((value?.offset ?? 0) + 1, Math.min(total, (value?.offset ?? 0) + PAGE), total)}
        </span>
        <IconButton
          icon="chevron-left"
          label={WORDS.earlier}
          disabled={offset === 0}
          act={() => go(Math.max(0, offset - PAGE))}
        />
        <IconButton
          icon="chevron-right"
          label={WORDS.later}
          disabled={offset + PAGE >= total}
          act={() => go(offset + PAGE)}
        />
      </div>
      <Notice trouble={trouble} />
      {change && page.length > 0 && (
        <label class="millrace-check millrace-quiet">
          <input
            type="checkbox"
            disabled={stale}
            checked={page.every((id) => chosen.has(id))}
            onChange={({ currentTarget }) => toggle(page, currentTarget.checked)}
          />{' '}
          {chosen.size > 0 ? WORDS.selected(examples) : WORDS.selectPage}
        </label>
      )}
      {change && chosen.size > 0 && (
        <Change
          {...{ row, dataSets, choice, examples }}
          removed={() => setChosen(new Set())}
          relabelled={() => setChosen(new Set())}
        />
      )}
      <ul class="millrace-items" aria-label={WORDS.list2} aria-busy={stale}>
        {value?.examples.map(({ id, label: own, time, group }) => (
          <li key={id} class={id === shown ? 'millrace-example-row millrace-item-open' : 'millrace-example-row'}>
            {change && (
              <input
                type="checkbox"
                aria-label={WORDS.select(id)}
                disabled={stale}
                checked={chosen.has(id)}
                onChange={({ currentTarget }) => toggle([id], currentTarget.checked)}
              />
            )}
            <button
              type="button"
              aria-label={`${WORDS.show(id)}, ${labelText(own)}`}
              title={group}
              onClick={() => show(id)}
            >
              <span class="millrace-swatch" style={{ background: labelColour(row.name, own) }} />
              <span class="millrace-bar-name">{labelText(own)}</span>
              <ExampleDrawing example={value.views.find((view) => view.id === id)} beside={value.views} />
              <small>{momentWords(time, Date.now())}</small>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
