import { MODEL_WORDS as WORDS } from '../../look/model-words.ts';
import { Notice } from '../notice.tsx';
import { CardDetails } from './card-details.tsx';
import { CardFacts } from './card-facts.tsx';
import type { Models } from './models.ts';
import { TryIt } from './try-it.tsx';
import { useCard } from './use-card.ts';

interface CardViewProps {
  readonly name: string;
  readonly version: string;
  readonly models: Models;
}

/** All that is known of one version, and a form to try it. */
export function CardView({ name, version, models }: CardViewProps) {
  const { card, trouble, refresh } = useCard(models, name, version);
  if (trouble) return <Notice trouble={trouble} />;
  if (!card) return <p class="millrace-quiet">{WORDS.loading}</p>;
  return (
    <>
      <CardFacts card={card} />
      <TryIt
        card={card}
        ask={async (input) => {
          const answer = await models.ask(name, version, input);
          // What loading it has taught about this machine stands on the card.
          refresh();
          return answer;
        }}
      />
      <CardDetails card={card} />
    </>
  );
}
