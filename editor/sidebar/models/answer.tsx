import { predictionPayload } from '../../../runtime/messages/index.ts';
import { number, percent } from '../../look/numbers.ts';
import { seriesColour } from '../../look/theme.ts';
import { plain } from '../../look/words.ts';

/** Labels that are worth a bar. */
const MOST = 8;

/** A prediction of the message contract, as in the part "Live", without its history. */
export function Answer({ prediction }: { readonly prediction: unknown }) {
  const first: unknown = Array.isArray(prediction) ? prediction[0] : prediction;
  const { data } = predictionPayload.safeParse(first);
  if (data && 'label' in data) return <Scores {...data} />;
  if (data && 'anomalous' in data) {
    return (
      <div class="millrace-answer">
        <strong>{data.anomalous ? 'unusual' : 'normal'}</strong>
        <span>score {number(data.score)}</span>
      </div>
    );
  }
  if (data && 'value' in data) {
    return (
      <div class="millrace-answer">
        <strong>{number(data.value)}</strong>
      </div>
    );
  }
  const shown = data && 'outputs' in data ? data.outputs : first;
  return <pre class="millrace-difference">{JSON.stringify(shown, undefined, 1)?.slice(0, 2_000)}</pre>;
}

interface ScoresProps {
  readonly label: string;
  readonly confidence?: number | undefined;
  readonly scores?: Readonly<Record<string, number>> | undefined;
}

function Scores({ label, confidence, scores = {} }: ScoresProps) {
  const names = Object.keys(scores);
  const colour = (name: string) => `var(${seriesColour(Math.max(0, names.indexOf(name)))})`;
  const bars = Object.entries(scores);
  const shown = bars.length > MOST ? bars.sort(([, a], [, b]) => b - a).slice(0, MOST) : bars;
  return (
    <>
      <div class="millrace-answer">
        <span class="millrace-swatch" style={{ background: colour(label) }} />
        <strong>{plain(label)}</strong>
        {confidence !== undefined && <span>{percent(confidence)} sure</span>}
      </div>
      <ul class="millrace-bars">
        {shown.map(([name, score]) => (
          <li key={name} class={name === label ? 'millrace-bar-first' : undefined}>
            <span class="millrace-bar-name" title={plain(name)}>
              {plain(name)}
            </span>
            <span class="millrace-bar">
              <span style={{ width: `${Math.min(1, Math.max(0, score)) * 100}%`, background: colour(name) }} />
            </span>
            <span class="millrace-bar-value">{percent(score)}</span>
          </li>
        ))}
      </ul>
    </>
  );
}
