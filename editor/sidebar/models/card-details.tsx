import type { ComponentChildren } from 'preact';
import type { ModelCard } from '../../../runtime/messages/index.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { count } from '../../look/numbers.ts';
import { plain } from '../../look/words.ts';
import { Metrics } from './metrics.tsx';

/** What few people need every day: how good it was, where it comes from, what it is by digest. */
export function CardDetails({ card }: { readonly card: ModelCard }) {
  const { inputs, outputs, labels, recipe, metrics, lineage, vectors, referenceRows, version } = card;
  return (
    <details class="millrace-more-card">
      <summary>{WORDS.details}</summary>
      {metrics && <Metrics metrics={metrics} labels={labels ?? []} />}
      <dl class="millrace-facts">
        {[...inputs, ...outputs].map(({ name, type, shape }) => (
          <Fact key={name} name={name}>
            {type} [{shape.map((size) => size ?? '?').join(', ')}]
          </Fact>
        ))}
        {inputs.map(
          ({ name, features, units }) =>
            features && (
              <Fact key={`features ${name}`} name={WORDS.features(features.length)}>
                {features
                  .map((feature, index) => plain(feature) + (units?.[index] ? ` (${units[index]})` : ''))
                  .join(', ')}
              </Fact>
            ),
        )}
        {recipe !== undefined && (
          <Fact name={WORDS.recipe}>
            <code title={WORDS.recipeHint}>{recipe.slice(0, 12)}</code>
          </Fact>
        )}
        <Fact name={WORDS.vectors}>{WORDS.vectorWords(vectors)}</Fact>
        {referenceRows > 0 && <Fact name={WORDS.reference}>{count(referenceRows)}</Fact>}
        {version.digest !== undefined && (
          <Fact name={WORDS.digest}>
            <code title={version.digest}>{version.digest.slice(0, 12)}</code>
          </Fact>
        )}
        {lineage && <Lineage lineage={lineage} />}
      </dl>
    </details>
  );
}

function Lineage({ lineage }: { readonly lineage: Readonly<Record<string, unknown>> }) {
  return (
    <>
      {Object.entries(lineage).map(([key, value]) => (
        <Fact key={key} name={plain(key)}>
          {shown(value)}
        </Fact>
      ))}
    </>
  );
}

const DIGEST = /^[0-9a-f]{64}$/;

function shown(value: unknown): string {
  if (typeof value === 'string') return DIGEST.test(value) ? value.slice(0, 12) : value;
  if (typeof value !== 'object' || value === null) return String(value);
  return Object.entries(value)
    .map(([key, each]) =>
      key === 'name' ? shown(each) : `${plain(key)} ${typeof each === 'object' ? shown(each) : String(each)}`,
    )
    .join(', ');
}

interface FactProps {
  readonly name: string;
  readonly children: ComponentChildren;
}
const Fact = ({ name, children }: FactProps) => (
  <>
    <dt>{name}</dt>
    <dd>{children}</dd>
  </>
);
