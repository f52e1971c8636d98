/** What the browser runs as soon as the editor has loaded it: the sidebar, what is drawn on the canvas, and the feed that fills both. */
import { drawSparklines } from './canvas/sparklines.ts';
import { drawVerdicts } from './canvas/verdicts.ts';
import { askForLines, askGateway } from './gateway.ts';
import { connectFeed } from './live/feed.ts';
import { pageStore as store } from './live/page-store.ts';
import { addStyles } from './look/styles.ts';
import { createImporting } from './sidebar/models/importing.ts';
import { pageModels as models } from './sidebar/models/page-models.ts';
import { createRecordings } from './sidebar/recordings/recordings.ts';
import { addSidebar } from './sidebar/tab.tsx';
import { createTests } from './sidebar/tests/tests.ts';

const recordings = createRecordings(askGateway, async (ms) => {
  // Nobody looks at a hidden page.
  do await new Promise((later) => setTimeout(later, ms));
  while (document.hidden);
});
const tests = createTests(askGateway, askForLines);
const later = (ms: number) => new Promise<void>((done) => setTimeout(done, ms));
addStyles();
addSidebar({ store, recordings, tests, models, importing: createImporting(models, later) });
drawSparklines(store);
drawVerdicts(tests);
connectFeed(store);
