import { createStore } from './store.ts';

/** What the sidebar, the canvas and the dialogs of one page know of the running flows. */
export const pageStore = createStore(() => performance.now());
