import type { Entry, Store } from '../live/store.ts';
import { WORDS } from '../look/words.ts';
import { BoardCard } from './board/card.tsx';
import { CollectCard } from './collect-card.tsx';
import { DriftCard } from './drift-card.tsx';
import { LessonBox } from './lesson-box.tsx';
import { mayWrite } from './recordings/recordable.ts';
import { EvaluationCard } from './evaluation-card.tsx';
import { asOnCanvas, shownFlowFirst } from './order.ts';
import { Outbox } from './outbox.tsx';
import { Prediction } from './prediction.tsx';
import { Problems } from './problems.tsx';
import { Readings } from './readings.tsx';
import { TrainingCard } from './training-card.tsx';
import { useShownFlow } from './use-shown-flow.ts';
import { useStore } from './use-store.ts';

interface LiveProps {
  readonly store: Store;
  readonly root: HTMLElement;
  openData(): void;
  openTraining(): void;
  openDrift(): void;
  openOutbox(): void;
}

/** Everything that the running flows show: first what is wrong, then what the model says, then what it is drawn from. */
export function Live({ store, root, openData, openTraining, openDrift, openOutbox }: LiveProps) {
  useStore(store, root);
  useShownFlow(root);
  const [problems, predictions, drifts] = [
    store.all('problem'),
    asOnCanvas(store.all('prediction')),
    asOnCanvas(store.all('drift')),
  ];
  const collects = asOnCanvas(store.all('collect'));
  const [trainings, evaluations] = [asOnCanvas(store.all('training')), asOnCanvas(store.all('evaluation'))];
  const [readings, outboxes, boards] = [
    asOnCanvas(store.all('readings')),
    asOnCanvas(store.all('outbox')),
    asOnCanvas(store.all('board')),
  ];
  const shown = [problems, predictions, collects, trainings, evaluations, drifts, readings, outboxes, boards].some(
    (entries) => entries.length > 0,
  );
  const age = (entry: Entry) => store.age(entry);
  const key = ({ latest }: Entry) => `${latest.kind} ${latest.node}`;
  const cards = shownFlowFirst([
    ...predictions.map((entry) => ({ entry, card: <Prediction key={key(entry)} entry={entry} age={age(entry)} /> })),
    ...collects.map((entry) => ({ entry, card: <CollectCard key={key(entry)} {...{ entry, openData }} /> })),
    ...evaluations.map((entry) => ({ entry, card: <EvaluationCard key={key(entry)} entry={entry} /> })),
    ...trainings.map((entry) => ({ entry, card: <TrainingCard key={key(entry)} {...{ entry, openTraining }} /> })),
    ...boards.map((entry) => ({ entry, card: <BoardCard key={key(entry)} latest={entry.latest} age={age(entry)} /> })),
    ...drifts.map((entry) => ({
      entry,
      card: <DriftCard key={key(entry)} {...{ entry, openDrift }} age={age(entry)} />,
    })),
    ...readings.map((entry) => ({ entry, card: <Readings key={key(entry)} entry={entry} age={age(entry)} /> })),
    ...outboxes.map((entry) => ({ entry, card: <Outbox key={key(entry)} {...{ entry, openOutbox }} /> })),
  ]);
  return (
    <>
      <Link store={store} />
      {!shown && store.link.state === 'online' && <Empty />}
      <Problems entries={problems} />
      {cards.map(({ card }) => card)}
    </>
  );
}

function Link({ store: { link } }: { readonly store: Store }) {
  const words = {
    online: undefined,
    connecting: WORDS.connecting,
    offline: WORDS.offline,
    refused: `${WORDS.refused}: ${link.state === 'refused' ? link.reason : ''}`,
  }[link.state];
  return (
    <div role="status" class={words === undefined ? undefined : `millrace-link millrace-link-${link.state}`}>
      {words}
    </div>
  );
}

function Empty() {
  return (
    <div class="millrace-empty">
      <strong>{WORDS.empty}</strong>
      <p>{WORDS.emptyHint}</p>
      {mayWrite() && <LessonBox />}
    </div>
  );
}
