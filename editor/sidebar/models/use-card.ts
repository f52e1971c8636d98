import { useEffect, useState } from 'preact/hooks';
import type { ModelCard } from '../../../runtime/messages/index.ts';
import { type Trouble, troubleOf } from '../notice.tsx';
import type { Models } from './models.ts';

export interface LoadedCard {
  readonly card?: ModelCard;
  readonly trouble?: Trouble;
  /** Asks again: something may have been measured meanwhile. */
  refresh(): void;
}

/** The card of a version; `undefined` asks for none. */
export function useCard(models: Models, name: string | undefined, version: string | undefined): LoadedCard {
  const [loaded, setLoaded] = useState<Omit<LoadedCard, 'refresh'>>({});
  const [asked, setAsked] = useState(0);
  useEffect(() => setLoaded({}), [name, version]);
  useEffect(() => {
    if (name === undefined || version === undefined) return;
    let gone = false;
    models.card(name, version).then(
      (card) => gone || setLoaded({ card }),
      (error: unknown) => gone || setLoaded({ trouble: troubleOf(error) }),
    );
    return () => void (gone = true);
  }, [models, name, version, asked]);
  return { ...loaded, refresh: () => setAsked((before) => before + 1) };
}
