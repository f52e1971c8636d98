import { useRef, useState } from 'preact/hooks';
import type { DriftView } from '../../runtime/messages/index.ts';
import { barLength, featureKey, orderFeatures, ratio } from '../live/features.ts';
import type { Entry, ShownOf } from '../live/store.ts';
import { DRIFT_WORDS, faultsOf, KIND_WORDS, rightWords } from '../look/drift-words.ts';
import { number } from '../look/numbers.ts';
import { driftWords, plain, WORDS } from '../look/words.ts';
import { Button } from './button.tsx';
import { Card } from './card.tsx';
import { SILENT } from './readings.tsx';

/** What is enough to see that all is calm. */
const FEW = 5;

interface DriftCardProps {
  readonly entry: Entry<ShownOf<'drift'>>;
  readonly age: number;
  /** Shows the part where the whole of it is. */
  openDrift(): void;
}

/** Whether the data still looks as it did when the model was trained, feature by feature. */
export function DriftCard({ entry, age, openDrift }: DriftCardProps) {
  const { state, samples, window, leftOut = [], promise, performance } = entry.latest;
  const features = entry.latest.features.filter(({ kind }) => kind !== 'fault');
  const faults = faultsOf(entry.latest);
  const right = performance && rightWords(performance);
  const aside = age > SILENT ? WORDS.silent(age) : `last ${Math.min(samples, window)} rows`;
  const order = useRef<readonly string[]>([]);
  const [all, setAll] = useState(false);
  const ordered = orderFeatures(features, order.current);
  order.current = ordered.map(featureKey);
  const few = Math.max(FEW, ordered.filter(({ drifting }) => drifting).length);
  const shown = all ? ordered : ordered.slice(0, few);
  return (
    <Card title="Drift" view={entry.latest} aside={aside}>
      <div class={`millrace-verdict millrace-verdict-${state}`}>
        <i class={`fa fa-${LOOK[state]}`} aria-hidden="true" />
        <strong>{driftWords(entry.latest)}</strong>
      </div>
      {faults.map((fault) => (
        <p key={fault} class="millrace-drift-fault">
          <i class="fa fa-chain-broken" aria-hidden="true" /> {fault}
        </p>
      ))}
      {shown.length > 0 && (
        <ul class="millrace-bars millrace-drifts">
          <li class="millrace-threshold-head" aria-hidden="true">
            <span />
            <span class="millrace-bar">
              <span>{WORDS.threshold}</span>
            </span>
            <span />
          </li>
          {shown.map((feature) => (
            <Feature key={featureKey(feature)} feature={feature} />
          ))}
        </ul>
      )}
      {ordered.length > few && (
        <button type="button" class="millrace-more" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? WORDS.fewer : WORDS.more(ordered.length - few)}
        </button>
      )}
      {leftOut.length > 0 && (
        <footer title={leftOut.map(({ name, reason }) => `${plain(name)}: ${reason}`).join('\n')}>
          {WORDS.unwatched(leftOut.map(({ name }) => plain(name)))}
        </footer>
      )}
      {right !== undefined && <p>{right}</p>}
      {promise !== undefined && <footer>{promise}</footer>}
      <div class="millrace-actions">
        <Button icon="area-chart" label={DRIFT_WORDS.open} act={openDrift} />
      </div>
    </Card>
  );
}

const LOOK = { learning: 'hourglass-half', calm: 'check-circle', drifting: 'exclamation-circle' } as const;

function Feature({ feature }: { readonly feature: DriftView['features'][number] }) {
  const times = ratio(feature);
  const asked = KIND_WORDS[feature.kind ?? 'data'];
  const exact = `${feature.statistic} ${number(feature.value)}, threshold ${number(feature.threshold)}`;
  return (
    <li class={feature.drifting ? 'millrace-drifting' : undefined} title={`${plain(feature.name)}: ${exact}`}>
      <span class="millrace-bar-name">
        {plain(feature.name)}
        {asked !== '' && <small> {asked}</small>}
      </span>
      <span class="millrace-bar millrace-bar-threshold">
        <span style={{ width: `${barLength(feature) * 100}%` }} />
      </span>
      <span class="millrace-bar-value">{Number.isFinite(times) ? `${times.toFixed(times < 10 ? 1 : 0)}×` : '–'}</span>
    </li>
  );
}
