import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { MakeWidget } from '../../dialog/dialog.ts';
import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Notice } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { CardFacts } from './card-facts.tsx';
import { ImportBox } from './import-box.tsx';
import { createImporting, type Importing } from './importing.ts';
import type { Models } from './models.ts';
import { offersOf, versionOf } from './offers.ts';
import { pageModels } from './page-models.ts';
import { useCard } from './use-card.ts';

/** Chooses a model by its reference; one that is not there yet can be imported on the spot. */
export const modelChoice: MakeWidget = (element, value) => {
  let reference = typeof value === 'string' ? value : '';
  const importing = createImporting(pageModels, (ms) => new Promise((done) => setTimeout(done, ms)));
  const change = (next: string) => {
    reference = next;
    element.dispatchEvent(new Event('change', { bubbles: true }));
  };
  render(<ModelChoice models={pageModels} importing={importing} initial={reference} change={change} />, element);
  return {
    value: () => reference,
    close: () => render(null, element),
  };
};

interface ModelChoiceProps {
  readonly models: Models;
  readonly importing: Importing;
  readonly initial: string;
  change(reference: string): void;
}

const OTHER = ' other';

function ModelChoice({ models, importing, initial, change }: ModelChoiceProps) {
  const { loaded, models: rows, trouble } = useObserved(models.state);
  const [reference, setReference] = useState(initial);
  const [typing, setTyping] = useState(false);
  useEffect(() => void models.refresh(), [models]);
  const choose = (next: string) => {
    setReference(next);
    change(next);
  };
  const groups = offersOf(rows);
  const isOffered =
    reference === '' || groups.some(({ offers }) => offers.some((offer) => offer.reference === reference));
  const target = isVariable(reference) ? undefined : versionOf(rows, reference);
  return (
    <div class="millrace-sidebar millrace-embedded">
      <select
        aria-label={WORDS.choose}
        value={typing ? OTHER : reference}
        onChange={({ currentTarget: { value } }) => {
          setTyping(value === OTHER);
          if (value !== OTHER) choose(value);
        }}
      >
        <option value="">{WORDS.example}</option>
        {!isOffered && !typing && (
          <option value={reference}>{unlisted(reference, target !== undefined || !loaded)}</option>
        )}
        {groups.map(({ name, offers }) => (
          <optgroup key={name} label={name}>
            {offers.map((offer) => (
              <option key={offer.reference} value={offer.reference}>
                {offer.words}
              </option>
            ))}
          </optgroup>
        ))}
        <option value={OTHER}>{WORDS.other}</option>
      </select>
      {typing && (
        <input
          type="text"
          aria-label={WORDS.referenceLabel}
          placeholder="name@version, name@production"
          autofocus
          autocomplete="off"
          spellcheck={false}
          value={reference}
          onInput={({ currentTarget }) => choose(currentTarget.value)}
        />
      )}
      <Notice trouble={trouble} />
      {loaded && !target && !isVariable(reference) && <p class="millrace-warn">{WORDS.notHere}</p>}
      {target && <Chosen models={models} {...target} />}
      <ImportBox
        importing={importing}
        added={({ name, version }) => {
          setTyping(false);
          choose(`${name}@${version}`);
        }}
      />
    </div>
  );
}

function Chosen({
  models,
  name,
  version,
}: {
  readonly models: Models;
  readonly name: string;
  readonly version: string;
}) {
  const { card, trouble } = useCard(models, name, version);
  if (trouble) return <Notice trouble={trouble} />;
  return (
    <section class="millrace-card" aria-label={`${name} ${version}`}>
      <header>
        <h3>{name}</h3>
        <span class="millrace-aside">{version}</span>
      </header>
      {card ? <CardFacts card={card} /> : <p class="millrace-quiet">{WORDS.loading}</p>}
    </section>
  );
}

const isVariable = (reference: string) => /^\$\{[^}]+\}$/.test(reference);

function unlisted(reference: string, known: boolean): string {
  if (isVariable(reference)) return WORDS.byVariable(reference);
  return known ? reference : WORDS.unknown(reference);
}
