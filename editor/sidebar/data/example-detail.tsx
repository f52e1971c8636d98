import { useState } from 'preact/hooks';
import type { DataSetRow, ExampleView } from '../../../runtime/messages/index.ts';
import { DATA_WORDS as WORDS, labelText, momentWords } from '../../look/data-words.ts';
import { number } from '../../look/numbers.ts';
import { seriesColour } from '../../look/theme.ts';
import { plain } from '../../look/words.ts';
import { IconButton } from '../button.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { Change } from './change.tsx';
import { labelColour } from '../../look/label-colours.ts';
import type { DataSets } from './data-sets.ts';
import { curve } from './drawing.ts';
import { useLoaded } from './use-loaded.ts';

interface ExampleDetailProps {
  readonly row: DataSetRow;
  readonly dataSets: DataSets;
  readonly state: string;
  readonly id: number;
  close(): void;
}

/** Values that are shown without being asked for. */
const FIRST = 24;
const CURVE = { width: 300, height: 56 } as const;

/** One example, drawn; it can be relabelled or deleted. */
export function ExampleDetail({ row, dataSets, state, id, close }: ExampleDetailProps) {
  const { value: example, trouble } = useLoaded(() => dataSets.example(row.name, id), `${id}`, state, 1_000);
  return (
    <section class="millrace-card millrace-example" aria-label={WORDS.show(id)}>
      <Notice trouble={trouble} />
      {example?.id === id && (
        <>
          <header>
            <span class="millrace-swatch" style={{ background: labelColour(row.name, example.label) }} />
            <h3>{labelText(example.label)}</h3>
            <span class="millrace-aside">{momentWords(example.time, Date.now())}</span>
            <IconButton icon="times" label={WORDS.close} act={close} />
          </header>
          {example.rate === undefined ? <Values example={example} /> : <Curves example={example} />}
          <p class="millrace-quiet">{WORDS.where(id, example.group, example.source)}</p>
          {mayWrite() && !row.shipped && (
            <Change row={row} dataSets={dataSets} choice={{ ids: [id] }} examples={1} removed={close} />
          )}
        </>
      )}
    </section>
  );
}

function Values({ example: { values } }: { readonly example: ExampleView }) {
  const [all, setAll] = useState(false);
  const shown = all ? values : values.slice(0, FIRST);
  return (
    <>
      <dl class="millrace-values">
        {shown.map(({ name, values: [value = NaN] }) => (
          <div key={name}>
            <dt title={plain(name)}>{plain(name)}</dt>
            <dd>{number(value)}</dd>
          </div>
        ))}
      </dl>
      {values.length > shown.length && (
        <button type="button" class="millrace-more" onClick={() => setAll(true)}>
          {values.length - shown.length} more
        </button>
      )}
    </>
  );
}

function Curves({ example: { values } }: { readonly example: ExampleView }) {
  return (
    <>
      {values.slice(0, 12).map(({ name, values: samples }, index) => (
        <figure key={name} class="millrace-curve">
          <figcaption>
            {plain(name)}{' '}
            <small>
              {number(Math.min(...samples))} … {number(Math.max(...samples))}
            </small>
          </figcaption>
          <svg viewBox={`0 0 ${CURVE.width} ${CURVE.height}`} preserveAspectRatio="none" aria-hidden="true">
            <path
              d={curve(samples, CURVE.width, CURVE.height)}
              style={{ fill: 'none', stroke: `var(${seriesColour(index)})` }}
            />
          </svg>
        </figure>
      ))}
    </>
  );
}
