import { useEffect, useRef, useState } from 'preact/hooks';
import type { TruthLabel } from '../../../runtime/messages/index.ts';
import type { Entry, ShownOf } from '../../live/store.ts';
import { DATA_WORDS as WORDS, REFUSED_WORDS } from '../../look/data-words.ts';
import { count } from '../../look/numbers.ts';
import { NodeLink } from '../card.tsx';
import { Notice } from '../notice.tsx';
import { useObserved } from '../use-observed.ts';
import { Balance } from './balance.tsx';
import { labelColour } from '../../look/label-colours.ts';
import { HoldButton } from './hold-button.tsx';
import type { Holding } from './holding.ts';
import { NewLabel } from './new-label.tsx';

/** A bar is full with so many, if no label has more. */
const PLENTY = 30;
/** ms after which a held button should have brought something. */
const PATIENCE = 2_500;

/** Labels that were typed in this page and have no example yet, by node. */
const typed = new Map<string, readonly TruthLabel[]>();

interface CollectBoxProps {
  readonly entry: Entry<ShownOf<'collect'>>;
  readonly holding: Holding;
  readonly click: boolean;
}

/** The labels of one collect node as buttons, with how many examples each has. */
export function CollectBox({ entry: { latest }, holding, click }: CollectBoxProps) {
  const { node, dataSet, buttons, recording, refused } = latest;
  const { held, short, trouble } = useObserved(holding.state);
  const [own, setOwn] = useState(typed.get(node) ?? []);
  const nothing = useNothing(recording !== null, latest.arrived);
  const known = latest.labels.map(({ label }) => label);
  const further = [...own, ...(recording === null ? [] : [recording])].filter(
    (label, index, all) => !known.includes(label) && all.indexOf(label) === index,
  );
  const labels = [...latest.labels, ...further.map((label) => ({ label, examples: 0 }))];
  const most = Math.max(PLENTY, ...labels.map(({ examples }) => examples));
  const mine = held?.node === node ? held.label : undefined;
  const add = (label: string) => {
    const next = [...own.filter((one) => one !== label), label];
    typed.set(node, next);
    setOwn(next);
  };
  return (
    <section class="millrace-card millrace-collect" aria-label={`${WORDS.collect}: ${latest.name}`}>
      <header>
        <h3>{WORDS.collect}</h3>
        <NodeLink view={latest} />
        <span class="millrace-aside">
          {WORDS.into} <b>{dataSet}</b>
        </span>
      </header>
      {!buttons && <p class="millrace-quiet">{WORDS.comes}</p>}
      {!buttons && <Balance {...{ dataSet, labels, recording }} />}
      {buttons &&
        labels.map((one) => (
          <HoldButton
            key={one.label}
            {...{ ...one, click }}
            share={one.examples / most}
            colour={labelColour(dataSet, one.label)}
            held={mine === one.label}
            recording={mine === one.label || recording === one.label}
            press={() => holding.hold(node, one.label)}
            release={() => holding.release()}
          />
        ))}
      {buttons && <NewLabel first={labels.length === 0} add={add} />}
      <div role="status">
        {nothing && <p class="millrace-warn">{WORDS.nothingComes}</p>}
        {short && !click && labels.length > 0 && <p class="millrace-warn">{WORDS.tooShort}</p>}
      </div>
      <Notice trouble={trouble} />
      {refused.length > 0 && (
        <footer>
          {WORDS.refused}{' '}
          {refused.map((one) => `${count(one.count)} ${REFUSED_WORDS[one.what] ?? one.what}`).join(', ')}
        </footer>
      )}
    </section>
  );
}

/** Whether a label has been recorded for a while, and no message has come. */
function useNothing(recording: boolean, arrived: number): boolean {
  const [nothing, setNothing] = useState(false);
  const before = useRef(arrived);
  useEffect(() => {
    if (!recording) return setNothing(false);
    before.current = arrived;
    const timer = setTimeout(() => setNothing(true), PATIENCE);
    return () => clearTimeout(timer);
  }, [recording]);
  return nothing && arrived === before.current;
}
