import { render } from 'preact';
import { createLesson } from '../lesson/lesson.ts';
import { observed } from '../live/observed.ts';
import type { Store } from '../live/store.ts';
import { ICON } from '../look/icon.ts';
import { WORDS } from '../look/words.ts';
import { red } from '../red.ts';
import { pageData } from './data/page-data.ts';
import { addGatewayActions } from './gateways/menu.ts';
import { pageStreams } from './drift/page-streams.ts';
import type { Importing } from './models/importing.ts';
import type { Models } from './models/models.ts';
import { type PartName, PARTS } from './parts.tsx';
import { labelOf, mayWrite } from './recordings/recordable.ts';
import { pageOutbox } from './outbox/page-outbox.ts';
import type { Recordings } from './recordings/recordings.ts';
import { selected } from './recordings/use-selection.ts';
import { Sidebar } from './sidebar.tsx';
import type { Tests } from './tests/tests.ts';
import { pageTrainings } from './training/page-trainings.ts';

const ID = 'millrace';
/** Under which the browser remembers the part that was looked at. */
const CHOICE = 'millrace-part';

interface SidebarTab {
  readonly store: Store;
  readonly recordings: Recordings;
  readonly tests: Tests;
  readonly models: Models;
  readonly importing: Importing;
}

/** Adds the tab Millrace to Node-RED's sidebar; a user who has not arranged the sidebar yet sees it first. */
export function addSidebar({ store, recordings, tests, models, importing }: SidebarTab): void {
  const content = document.createElement('div');
  content.className = 'millrace-sidebar';
  content.tabIndex = 0;
  const remembered = red().settings.getLocal(CHOICE);
  const chosen = observed<PartName>(PARTS.find((part) => part === remembered) ?? 'live');
  chosen.onChange(() => red().settings.setLocal(CHOICE, chosen.value));
  red().sidebar.addTab({
    id: ID,
    label: WORDS.title,
    name: WORDS.title,
    content,
    icon: ICON,
    enableOnEdit: true,
  });
  render(<Sidebar root={content} {...{ store, chosen, recordings, tests, models, importing }} />, content);

  const show = (part?: PartName) => {
    if (part) chosen.set(part);
    red().sidebar.show(ID);
  };
  const startLesson = createLesson({ store, chosen, trainings: pageTrainings, showTab: () => show() });
  const { actions, events } = red();
  actions.add('millrace:first-lesson', startLesson);
  actions.add('millrace:show-sidebar', () => show());
  actions.add('millrace:show-recordings', () => show('recordings'));
  actions.add('millrace:show-tests', () => show('tests'));
  actions.add('millrace:show-data', () => show('data'));
  actions.add('millrace:show-training', () => show('training'));
  actions.add('millrace:show-models', () => show('models'));
  actions.add('millrace:show-drift', () => show('drift'));
  actions.add('millrace:show-outbox', () => show('outbox'));
  addGatewayActions(() => show('gateways'));
  actions.add('millrace:record-selected-node', () => {
    const [node, other] = selected();
    show('recordings');
    if (node && !other && mayWrite()) void recordings.record({ node: node.id, name: labelOf(node) });
  });
  actions.add('millrace:run-tests', () => {
    show('tests');
    void tests.refresh().then(() => tests.run());
  });
  events.on('deploy', () => {
    // What was found out is of the flow as it was.
    tests.forget();
    if (chosen.value === 'recordings') void recordings.refresh();
    if (chosen.value === 'tests') void tests.refresh();
    if (chosen.value === 'data') void pageData.refresh();
    if (chosen.value === 'training') void pageTrainings.refresh();
    if (chosen.value === 'drift') void pageStreams.refresh();
    if (chosen.value === 'outbox') void pageOutbox.refresh();
    if (chosen.value === 'models') void models.refresh();
  });
  if (!isArranged()) showFirst();
}

/** How often to look whether Node-RED has come up. */
const LOOK_AGAIN = 50;
/** Of the sidebar's height, until the user draws the line elsewhere. */
const SHARE = 0.75;

/** Opens the tab once Node-RED has loaded everything and shown the tabs that it shows by itself. */
function showFirst(): void {
  if (document.querySelector('#red-ui-header-toolbar.hide')) {
    setTimeout(showFirst, LOOK_AGAIN);
    return;
  }
  const section = document.querySelector<HTMLElement>('#red-ui-sidebar .red-ui-sidebar-section-top');
  const height = section?.parentElement?.clientHeight;
  // Before it is shown: showing is when Node-RED remembers how the sidebar is laid out.
  if (section && height) section.style.height = `${Math.round(height * SHARE)}px`;
  red().sidebar.show(ID);
}

/** Whether Node-RED has saved where our tab stands. */
function isArranged(): boolean {
  return JSON.stringify(red().settings.get('editor.sidebar.state') ?? '').includes(`"${ID}"`);
}
