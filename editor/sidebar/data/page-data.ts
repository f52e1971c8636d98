import { askGateway } from '../../gateway.ts';
import { createDataSets } from './data-sets.ts';
import { createHolding } from './holding.ts';

/** The sidebar and the dialogs of one page know the same data sets, and hold one button. */
export const pageData = createDataSets(askGateway);

export const pageHolding = createHolding(askGateway, {
  now: () => performance.now(),
  every(ms, task) {
    const timer = setInterval(task, ms);
    return () => clearInterval(timer);
  },
});
