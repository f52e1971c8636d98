import { GATEWAY_WORDS as WORDS } from '../../look/gateway-words.ts';
import { red } from '../../red.ts';
import { mayWrite } from '../recordings/recordable.ts';
import { making } from './making.ts';
import { followGateways, pageGateways } from './page-gateways.ts';

const MENU = 'red-ui-header-button-sidemenu';

/** Puts what one does with gateways into Node-RED's menu and among its actions; not where there is no studio that takes them. */
export function addGatewayActions(show: () => void): void {
  let added = false;
  pageGateways.there.onChange(() => {
    if (added || !pageGateways.there.value) return;
    added = true;
    const { actions, menu } = red();
    actions.add('millrace:show-gateways', show);
    if (!mayWrite()) return;
    const begin = (purpose: 'export' | 'deploy') => () => {
      making.set({ purpose });
      show();
    };
    actions.add('millrace:export-bundle', begin('export'));
    actions.add('millrace:deploy-to-gateway', begin('deploy'));
    menu.addItem(MENU, { id: 'menu-item-millrace-export', label: WORDS.export, onselect: 'millrace:export-bundle' });
    menu.addItem(MENU, {
      id: 'menu-item-millrace-deploy',
      label: WORDS.deploy,
      onselect: 'millrace:deploy-to-gateway',
    });
  });
  followGateways();
}
