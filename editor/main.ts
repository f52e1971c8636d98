/** What the browser runs as soon as the editor has loaded it: the sidebar, the sparklines and the feed that fills both. */
import { drawSparklines } from './canvas/sparklines.ts';
import { connectFeed } from './live/feed.ts';
import { createStore } from './live/store.ts';
import { addStyles } from './look/styles.ts';
import { addSidebar } from './sidebar/tab.tsx';

const store = createStore(() => performance.now());
addStyles();
addSidebar(store);
drawSparklines(store);
connectFeed(store);
