import { chartSpan } from '../live/history.ts';
import { type Entry, type ShownOf, SPAN } from '../live/store.ts';
import { count as countText, number } from '../look/numbers.ts';
import { counted, plain, WORDS } from '../look/words.ts';
import { Card } from './card.tsx';
import { Chart } from './chart.tsx';

type Read = Entry<ShownOf<'readings'>>;

/** A node that says nothing for this long is silent: said, because a still picture looks like a steady value. */
export const SILENT = 5_000;

/** What a sensor measures: a strip a channel, each on its own scale. */
export function Readings({ entry, age }: { readonly entry: Read; readonly age: number }) {
  const { channels, counts = [], unit = '' } = entry.latest;
  const { points } = entry.history;
  const span = chartSpan(points, SPAN);
  // A slow sensor is not silent between two of its readings.
  const usual = points.length > 1 ? (entry.latest.time - (points[0]?.time ?? 0)) / (points.length - 1) : 0;
  return (
    <Card title="Readings" view={entry.latest} aside={age > SILENT + 3 * usual ? WORDS.silent(age) : WORDS.last(span)}>
      {channels.map(({ name, last }, index) => (
        <div key={name} class="millrace-strip">
          <div>
            <span class="millrace-channel">
              <span class="millrace-swatch" style={{ background: `var(--millrace-series-${(index % 6) + 1})` }} />
              <span title={plain(name)}>{plain(name)}</span>
            </span>
            <output aria-live="off">
              {number(last)} {unit && <small>{unit}</small>}
            </output>
          </div>
          <Channel entry={entry} name={name} index={index} />
        </div>
      ))}
      {counts.length > 0 && (
        <dl class="millrace-world">
          {counts.map(({ what, count }) => (
            <div key={what}>
              <dt>{counted(what)}</dt>
              <dd>{countText(count)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

function Channel({ entry, name, index }: { readonly entry: Read; readonly name: string; readonly index: number }) {
  const of = (view: ShownOf<'readings'>) => view.channels.find((channel) => channel.name === name);
  return (
    <Chart
      points={entry.history.points}
      lines={[(view) => of(view)?.last ?? NaN, (view) => of(view)?.min ?? NaN, (view) => of(view)?.max ?? NaN]}
      height={44}
      colour={index}
    />
  );
}
