import { askGateway } from '../../gateway.ts';
import { observed } from '../../live/observed.ts';
import { pageStore } from '../../live/page-store.ts';
import { createDestinations } from './destinations.ts';

export const pageOutbox = createDestinations(askGateway, () => Date.now());

/** Whether something waits that nobody takes, or was refused, as far as the upload nodes show it. */
export const pageUndelivered = observed(false);
pageStore.onChange(() =>
  pageUndelivered.set(
    pageStore
      .all('outbox')
      .some(
        ({ latest }) => (latest.depth > 0 && !latest.connected && latest.paused !== true) || (latest.dead ?? 0) > 0,
      ),
  ),
);
