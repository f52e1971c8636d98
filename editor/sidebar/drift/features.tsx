import type { DriftKind, DriftSheet } from '../../../runtime/messages/index.ts';
import { ratio } from '../../live/features.ts';
import { DRIFT_WORDS as WORDS, KIND_WORDS } from '../../look/drift-words.ts';
import { plain } from '../../look/words.ts';
import { Drawing } from './drawing.tsx';

interface FeaturesProps {
  readonly features: DriftSheet['features'];
  /** How many are not shown. */
  readonly more: number;
  /** Whose course is drawn. */
  readonly chosen: { readonly kind: DriftKind; readonly name: string } | undefined;
  choose(feature: { readonly kind: DriftKind; readonly name: string }): void;
  showAll(): void;
}

/** The features, the one that drifts most first, each with its reference and what it is now. */
export function Features({ features, more, chosen, choose, showAll }: FeaturesProps) {
  return (
    <section aria-label={WORDS.features}>
      <h5>{WORDS.features}</h5>
      <p class="millrace-quiet">{WORDS.legend}</p>
      <ul class="millrace-drift-features">
        {features.map((feature) => {
          const { name, kind, drifting, svg, words, statistic } = feature;
          const times = ratio(feature);
          const shown = Number.isFinite(times) ? `${times.toFixed(times < 10 ? 1 : 0)}×` : '–';
          return (
            <li key={`${kind} ${name} ${statistic}`}>
              <button
                type="button"
                class={drifting ? 'millrace-drift-feature millrace-drifting' : 'millrace-drift-feature'}
                aria-pressed={chosen?.name === name && chosen.kind === kind}
                title={`${words ?? plain(name)}\n${statistic}: ${WORDS.over(shown)}`}
                onClick={() => choose({ kind, name })}
              >
                <span class="millrace-drift-name">
                  {drifting && <i class="fa fa-exclamation-circle" role="img" aria-label={WORDS.states.drifting} />}
                  <b>{plain(name) || statistic}</b>
                  <span>{shown}</span>
                </span>
                {KIND_WORDS[kind] !== '' && (
                  <small>{kind === 'fault' ? `${KIND_WORDS[kind]}: ${statistic}` : KIND_WORDS[kind]}</small>
                )}
                {svg !== undefined && <Drawing svg={svg} />}
              </button>
            </li>
          );
        })}
      </ul>
      {more > 0 && (
        <button type="button" class="millrace-more" onClick={showAll}>
          {WORDS.more(more)}
        </button>
      )}
    </section>
  );
}
