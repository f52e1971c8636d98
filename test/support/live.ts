/** What a browser's sidebar would be told. */
import { io } from 'socket.io-client';
import type { View } from '../../runtime/messages/index.ts';

export interface Watching {
  /** Every view so far, oldest first. */
  readonly views: readonly View[];
  close(): void;
}

/** Watches the live feed of a running Node-RED with Millrace's nodes. */
export function watchLive(url: string): Watching {
  const views: View[] = [];
  const socket = io(url, { path: '/millrace/live', transports: ['websocket'] });
  socket.on('snapshot', (seen: View[]) => views.push(...seen));
  socket.on('views', (seen: View[], acknowledge: () => void) => {
    views.push(...seen);
    acknowledge();
  });
  return { views, close: () => void socket.close() };
}
