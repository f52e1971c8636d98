import { io } from 'socket.io-client';
import type { View } from '../../runtime/messages/index.ts';
import { red } from '../red.ts';
import type { Store } from './store.ts';

/** How long after a refusal the next attempt comes: the user may have signed in, or another tab been closed. */
const RETRY = 5_000;

interface Refusal extends Error {
  readonly data?: { readonly message: string };
}

/** Node-RED's own token, under the name by which it stores it. */
function token(): string | undefined {
  const tokens = red().settings.get('auth-tokens') as { access_token?: string } | null | undefined;
  return tokens?.access_token;
}

/** Fills the store from the gateway; connects again by itself for as long as the page is open. */
export function connectFeed(store: Store): void {
  // An editor that is embedded elsewhere names its gateway; else it is where the page came from.
  const page = new URL(red().settings.apiRootUrl || '.', location.href);
  const socket = io(page.origin, {
    path: `${page.pathname}millrace/live`,
    transports: ['websocket'],
    auth: (give) => give({ token: token() }),
    reconnectionDelayMax: RETRY,
  });
  socket.on('snapshot', (views: View[]) => {
    store.link = { state: 'online' };
    store.reset(views);
  });
  socket.on('views', (views: View[], shown: () => void) => {
    store.apply(views);
    shown();
  });
  socket.on('disconnect', (reason) => {
    store.link = { state: 'offline' };
    // Whoever is sent away by the server is not reconnected by socket.io itself.
    if (reason === 'io server disconnect') setTimeout(() => socket.connect(), RETRY);
  });
  socket.on('connect_error', (error: Refusal) => {
    if (!error.data) {
      store.link = { state: 'offline' };
      return;
    }
    store.link = { state: 'refused', reason: error.data.message };
    setTimeout(() => socket.connect(), RETRY);
  });
}
