import { useLayoutEffect } from 'preact/hooks';
import type { Observed } from '../live/observed.ts';
import type { Store } from '../live/store.ts';
import { RECORDING_WORDS } from '../look/recording-words.ts';
import { TEST_WORDS } from '../look/test-words.ts';
import { DATA_WORDS } from '../look/data-words.ts';
import { DRIFT_WORDS } from '../look/drift-words.ts';
import { GATEWAY_WORDS } from '../look/gateway-words.ts';
import { OUTBOX_WORDS } from '../look/outbox-words.ts';
import { pageData, pageHolding } from './data/page-data.ts';
import { DataPanel } from './data/panel.tsx';
import { pageDrifts, pageStreams } from './drift/page-streams.ts';
import { DriftPanel } from './drift/panel.tsx';
import { pageGateways } from './gateways/page-gateways.ts';
import { needsSomebody } from './gateways/gateways.ts';
import { GatewaysPanel } from './gateways/panel.tsx';
import { Live } from './live.tsx';
import { pageOutbox, pageUndelivered } from './outbox/page-outbox.ts';
import { OutboxPanel } from './outbox/panel.tsx';
import type { Importing } from './models/importing.ts';
import type { Models } from './models/models.ts';
import { ModelsPanel } from './models/panel.tsx';
import { panelId, type PartName, Parts, PARTS, tabId } from './parts.tsx';
import { RecordingsPanel } from './recordings/panel.tsx';
import type { Recordings } from './recordings/recordings.ts';
import { withRecording } from './tests/draft-from.ts';
import { TestsPanel } from './tests/panel.tsx';
import type { Tests } from './tests/tests.ts';
import { TRAINING_WORDS } from '../look/training-words.ts';
import { pageTrainings } from './training/page-trainings.ts';
import { TrainingPanel } from './training/panel.tsx';
import { isUnderWay } from './training/trainings.ts';
import { useObserved } from './use-observed.ts';

export interface SidebarProps {
  readonly store: Store;
  readonly chosen: Observed<PartName>;
  readonly recordings: Recordings;
  readonly tests: Tests;
  readonly models: Models;
  readonly importing: Importing;
  readonly root: HTMLElement;
}

/** The tab Millrace: what the flows show now, what was recorded of them, what they must do, and the models that they use. */
export function Sidebar({ store, chosen, recordings, tests, models, importing, root }: SidebarProps) {
  const wanted = useObserved(chosen);
  // A plain Node-RED has no gateways.
  const parts: readonly PartName[] = useObserved(pageGateways.there)
    ? PARTS
    : PARTS.filter((name) => name !== 'gateways');
  const part = parts.includes(wanted) ? wanted : 'live';
  // Another part begins at its top, however far the one before was scrolled.
  useLayoutEffect(() => {
    root.scrollTop = 0;
  }, [part, root]);
  const records = useObserved(recordings.state).running.length > 0;
  const runs = useObserved(tests.state).waiting.size > 0;
  const collects = useObserved(pageHolding.state).held !== undefined;
  const trains = useObserved(pageTrainings.state).trainings.some(isUnderWay);
  const drifts = useObserved(pageDrifts);
  const undelivered = useObserved(pageUndelivered);
  const unwell = useObserved(pageGateways.state).gateways.some(needsSomebody);
  const marks = {
    ...(records && { recordings: RECORDING_WORDS.running }),
    ...(collects && { data: DATA_WORDS.recording }),
    ...(trains && { training: TRAINING_WORDS.under }),
    ...(drifts && { drift: DRIFT_WORDS.drifting }),
    ...(undelivered && { outbox: OUTBOX_WORDS.mark }),
    ...(unwell && { gateways: GATEWAY_WORDS.mark }),
    ...(runs && { tests: TEST_WORDS.running }),
  };
  return (
    <>
      <Parts parts={parts} chosen={chosen} marks={marks} />
      <div key={part} role="tabpanel" id={panelId(part)} aria-labelledby={tabId(part)}>
        {part === 'live' && (
          <Live
            store={store}
            root={root}
            openData={() => chosen.set('data')}
            openTraining={() => chosen.set('training')}
            openDrift={() => chosen.set('drift')}
            openOutbox={() => chosen.set('outbox')}
          />
        )}
        {part === 'recordings' && (
          <RecordingsPanel
            recordings={recordings}
            useInTest={(row) => {
              tests.draft.set(withRecording(tests.draft.value, row));
              chosen.set('tests');
            }}
          />
        )}
        {part === 'tests' && <TestsPanel tests={tests} recordings={recordings} store={store} />}
        {part === 'data' && <DataPanel {...{ store, recordings, root }} dataSets={pageData} holding={pageHolding} />}
        {part === 'training' && (
          <TrainingPanel
            {...{ store, models, root }}
            trainings={pageTrainings}
            dataSets={pageData}
            openData={() => chosen.set('data')}
          />
        )}
        {part === 'drift' && <DriftPanel {...{ store, root }} streams={pageStreams} />}
        {part === 'outbox' && <OutboxPanel outbox={pageOutbox} root={root} />}
        {part === 'gateways' && <GatewaysPanel gateways={pageGateways} root={root} />}
        {part === 'models' && <ModelsPanel models={models} importing={importing} />}
      </div>
    </>
  );
}
