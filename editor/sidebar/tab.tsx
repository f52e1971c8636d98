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
  if (!isArranged())
    red().events.on(
      'flows:loaded',
      once(() => red().sidebar.show(ID)),
    );
}

/** Whether Node-RED has saved where our tab stands. */
function isArranged(): boolean {
  return JSON.stringify(red().settings.get('editor.sidebar.state') ?? '').includes(`"${ID}"`);
}

function once(task: () => void): () => void {
  let done = false;
  return () => {
    if (!done) task();
    done = true;
  };
}
