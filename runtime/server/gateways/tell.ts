import type { Gateways } from '../../gateways/index.ts';
import type { Services } from '../../services/index.ts';

/** In the sidebar's feed: something about the gateways has changed. */
export function tellOfGateways(gateways: Gateways, { views, clock }: Services): void {
  const origin = { node: 'gateways', name: 'gateways', type: 'gateways' };
  gateways.onChange(() => views.publish({ ...origin, kind: 'gateways', time: clock.now() }));
}
