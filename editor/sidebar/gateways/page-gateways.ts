import { askGateway } from '../../gateway.ts';
import { pageStore } from '../../live/page-store.ts';
import { createGateways } from './gateways.ts';

export const pageGateways = createGateways(askGateway);

/** ms: a hundred gateways tell of themselves once a second each. */
const PERIOD = 1_000;

let known: string | undefined;
let due: ReturnType<typeof setTimeout> | undefined;

/** Asks when the feed says that something has changed, and when it comes (back) up. */
export function followGateways(): void {
  pageStore.onChange(() => {
    const seen = `${pageStore.link.state} ${pageStore.get('gateways', 'gateways')?.latest.time ?? ''}`;
    if (seen === known || pageStore.link.state !== 'online') return;
    known = seen;
    due ??= setTimeout(look, PERIOD / 4);
  });
}

function look(): void {
  // What changes meanwhile is asked for after that.
  void pageGateways.refresh().then(() => {
    due = undefined;
  });
}
