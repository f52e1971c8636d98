import { askGateway } from '../../gateway.ts';
import { observed } from '../../live/observed.ts';
import { pageStore } from '../../live/page-store.ts';
import { createStreams } from './streams.ts';

export const pageStreams = createStreams(askGateway);

/** Whether something drifts, or a sensor is broken, just now. */
export const pageDrifts = observed(false);
pageStore.onChange(() =>
  pageDrifts.set(
    pageStore
      .all('drift')
      .some(({ latest }) => latest.state === 'drifting' || latest.features.some(({ drifting }) => drifting)),
  ),
);
