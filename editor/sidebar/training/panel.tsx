import { useEffect, useState } from 'preact/hooks';
import type { Store } from '../../live/store.ts';
import { TRAINING_WORDS as WORDS } from '../../look/training-words.ts';
import type { DataSets } from '../data/data-sets.ts';
import type { Models } from '../models/models.ts';
import { LessonBox } from '../lesson-box.tsx';
import { Notice } from '../notice.tsx';
import { mayWrite } from '../recordings/recordable.ts';
import { useObserved } from '../use-observed.ts';
import { useStore } from '../use-store.ts';
import { Item } from './item.tsx';
import { Measure } from './measure.tsx';
import { Running } from './running.tsx';
import { TrainForm } from './train-form.tsx';
import { isUnderWay, type Trainings } from './trainings.ts';

interface PanelProps {
  readonly store: Store;
  readonly trainings: Trainings;
  readonly dataSets: DataSets;
  readonly models: Models;
  readonly root: HTMLElement;
  openData(): void;
}

/** Train, see how it goes, and how good what came of it is. */
export function TrainingPanel({ store, trainings, dataSets, models, root, openData }: PanelProps) {
  const { loaded, trainings: all, fresh, trouble } = useObserved(trainings.state);
  const { loaded: dataLoaded, dataSets: rows } = useObserved(dataSets.state);
  const { models: versions } = useObserved(models.state);
  const [opened, setOpened] = useState<string>();
  useStore(store, root);
  useEffect(() => {
    void trainings.refresh();
    void dataSets.refresh();
    void models.refresh();
  }, [trainings, dataSets, models]);
  useEffect(() => setOpened(fresh), [fresh]);
  // A node of the flow has begun or ended one: the list is of before.
  const views = store.all('training').map(({ latest }) => latest);
  const states = views.map(({ training = '', state }) => `${training} ${state}`).join();
  useEffect(() => void trainings.refresh(), [states]);
  const under = all.filter(isUnderWay);
  const ended = all.filter((training) => !isUnderWay(training));
  const [node] = views;
  const collected = store.all('collect')[0]?.latest.dataSet;
  const dataSet = node?.dataSet ?? collected;
  const open = opened ?? ended[0]?.id;
  return (
    <>
      {under.map((training) => (
        <Running key={training.id} training={training} cancel={() => void trainings.cancel(training.id)} />
      ))}
      {dataLoaded && mayWrite() && (
        <TrainForm
          {...{ trainings, openData }}
          dataSets={rows}
          proposed={{ ...(dataSet !== undefined && { dataSet }), ...(node && { model: node.model }) }}
          busy={under.length > 0}
        />
      )}
      {!mayWrite() && <p class="millrace-quiet">{WORDS.readOnly}</p>}
      <Notice trouble={trouble} />
      {!loaded && !trouble && <p class="millrace-quiet">{WORDS.loading}</p>}
      {ended.length > 0 && (
        <ul class="millrace-items" aria-label={WORDS.list}>
          {ended.map((training) => (
            <Item
              key={training.id}
              {...{ training, rows, dataSets, models, versions }}
              opened={open === training.id}
              toggle={() => setOpened(open === training.id ? '' : training.id)}
            />
          ))}
        </ul>
      )}
      {mayWrite() && loaded && ended.length === 0 && under.length === 0 && <LessonBox />}
      <Measure {...{ trainings, dataSets, rows }} models={versions} />
    </>
  );
}
