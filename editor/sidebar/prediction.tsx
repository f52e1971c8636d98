import { areaPaths } from '../canvas/sparkline.ts';
import { type Entry, type ShownOf, SPAN } from '../live/store.ts';
import { duration, number, percent } from '../look/numbers.ts';
import { seriesColour } from '../look/theme.ts';
import { plain, WORDS } from '../look/words.ts';
import { TIER_WORDS } from '../look/model-words.ts';
import { Card } from './card.tsx';
import { Chart } from './chart.tsx';
import { Comparison } from './comparison.tsx';
import { indexesOf } from '../look/label-colours.ts';
import { SILENT } from './readings.tsx';
import { Why } from './why.tsx';

type Predicted = Entry<ShownOf<'prediction'>>;

/** What the model says, how sure it is, and how that went in the last half minute. */
export function Prediction({ entry, age }: { readonly entry: Predicted; readonly age: number }) {
  const { model, latencyMs, classification, value, outputs, rows, tier, why, dropped = 0, shadow } = entry.latest;
  const aside = age > SILENT ? WORDS.silent(age) : `${duration(latencyMs)} each`;
  return (
    <Card title="Prediction" view={entry.latest} aside={aside}>
      {classification && <Classified entry={entry} {...classification} />}
      {value !== undefined && !classification && <Regressed entry={entry} value={value} />}
      {outputs !== undefined && <p>{WORDS.outputs(outputs)}</p>}
      {rows !== undefined && <p class="millrace-quiet">{WORDS.ofBatch(rows)}</p>}
      {dropped > 0 && <p class="millrace-warning">{WORDS.tooFast(dropped)}</p>}
      {shadow && <Comparison shadow={shadow} />}
      <Why node={entry.latest.node} />
      <footer title={why}>
        model <b>{model.name}</b> {model.version}
        {tier !== undefined && `, ${TIER_WORDS[tier] ?? tier}`}
      </footer>
    </Card>
  );
}

interface ClassifiedProps {
  readonly entry: Predicted;
  readonly label: string;
  readonly confidence: number;
  readonly scores: Readonly<Record<string, number>>;
}

function Classified({ entry, label, confidence, scores }: ClassifiedProps) {
  const labels = Object.keys(scores);
  const colours = indexesOf(labels);
  const colour = (name: string) => `var(${seriesColour(colours[labels.indexOf(name)] ?? 0)})`;
  return (
    <>
      <div class="millrace-answer">
        <span class="millrace-swatch" style={{ background: colour(label) }} />
        <strong>{plain(label)}</strong>
        <span>{percent(confidence)} sure</span>
      </div>
      <Ribbon entry={entry} labels={labels} colour={colour} />
      <ul class="millrace-bars">
        {Object.entries(scores).map(([name, score]) => (
          <li key={name} class={name === label ? 'millrace-bar-first' : undefined}>
            <span class="millrace-bar-name" title={plain(name)}>
              {plain(name)}
            </span>
            <span class="millrace-bar">
              <span style={{ width: `${score * 100}%`, background: colour(name) }} />
            </span>
            <span class="millrace-bar-value">{percent(score)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

const RIBBON = { width: 300, height: 20 };

interface RibbonProps {
  readonly entry: Predicted;
  readonly labels: readonly string[];
  colour(label: string): string;
}

/** The labels of the last half minute, as high as they were sure. */
function Ribbon({ entry, labels, colour }: RibbonProps) {
  const { points } = entry.history;
  const newest = points.at(-1)?.time ?? 0;
  const steps = 120;
  // Evenly spaced steps, so that a pause in the stream has its width.
  const runs: { kind: number; value: number }[] = [];
  let at = 0;
  for (let step = 0; step < steps; step++) {
    const time = newest - SPAN + ((step + 1) * SPAN) / steps;
    while (at + 1 < points.length && (points[at + 1]?.time ?? 0) <= time) at++;
    const point = points[at];
    if (!point || point.time > time) continue;
    const { classification } = point.value;
    runs.push({ kind: labels.indexOf(classification?.label ?? ''), value: classification?.confidence ?? 0 });
  }
  return (
    <svg
      class="millrace-ribbon"
      viewBox={`0 0 ${RIBBON.width} ${RIBBON.height}`}
      preserveAspectRatio="none"
      aria-hidden="true"
    >
      {areaPaths(runs, steps, RIBBON).map(({ kind, path }, index) => (
        <path key={index} d={path} style={{ fill: colour(labels[kind] ?? '') }} />
      ))}
    </svg>
  );
}

function Regressed({ entry, value }: { readonly entry: Predicted; readonly value: number }) {
  return (
    <>
      <div class="millrace-answer">
        <strong>{number(value)}</strong>
      </div>
      <Chart points={entry.history.points} lines={[(view) => view.value ?? NaN]} height={64} />
    </>
  );
}
