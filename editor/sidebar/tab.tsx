import { render } from 'preact';
import type { Store } from '../live/store.ts';
import { ICON } from '../look/icon.ts';
import { WORDS } from '../look/words.ts';
import { red } from '../red.ts';
import { Sidebar } from './sidebar.tsx';

const ID = 'millrace';

/** Adds the tab Millrace to Node-RED's sidebar; a user who has not arranged the sidebar yet sees it first. */
export function addSidebar(store: Store): void {
  const content = document.createElement('div');
  content.className = 'millrace-sidebar';
  content.tabIndex = 0;
  red().sidebar.addTab({
    id: ID,
    label: WORDS.title,
    name: WORDS.title,
    content,
    icon: ICON,
    enableOnEdit: true,
  });
  render(<Sidebar store={store} root={content} />, content);
  red().actions.add('millrace:show-sidebar', () => red().sidebar.show(ID));
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
