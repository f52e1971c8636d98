/** What a gateway tells of its own accord: first the events that the studio does not have, then how it is. */
import type { Socket } from 'socket.io-client';
import { z } from 'zod';
import type { Clock, Timer } from '../../base/index.ts';
import type { Gateway } from '../types.ts';
import { askStudio } from './ask.ts';
import { briefEvent, briefStatus } from './brief.ts';

/** ms between two statuses. */
const SPACING = 1_000;
/** ms between two events. */
const EVENT_SPACING = 25;

export interface TellOptions {
  readonly socket: Socket;
  readonly gateway: Gateway;
  /** Of the last event that the studio has. */
  readonly events: number;
  readonly clock: Clock;
  /** The studio no longer answers. */
  readonly onSilence: (error: unknown) => void;
}

/** @returns a function that ends it */
export function tellStudio({ socket, gateway, events, clock, onSilence }: TellOptions): () => void {
  let acknowledged = events;
  let sending = false;
  let changed = true;
  let timer: Timer | undefined;
  let ended = false;

  const tell = async () => {
    for (;;) {
      const [event] = gateway.events(acknowledged);
      if (event) {
        await askStudio(socket, 'event', z.unknown(), { event: briefEvent(event) });
        acknowledged = event.sequence;
        // A studio takes so many a second, and hundreds may have come together.
        await clock.sleep(EVENT_SPACING);
      } else if (changed && timer === undefined) {
        changed = false;
        timer = clock.after(SPACING, () => {
          timer = undefined;
          begin();
        });
        await askStudio(socket, 'status', z.unknown(), { status: briefStatus(gateway.status()) });
      } else return;
      if (ended) return;
    }
  };
  const waiting = () => gateway.events(acknowledged).length > 0 || (changed && timer === undefined);
  const begin = () => {
    if (ended || sending) return;
    sending = true;
    tell().then(
      () => {
        sending = false;
        // What came in the moment after the last look.
        if (waiting()) begin();
      },
      (error: unknown) => {
        if (!ended) onSilence(error);
      },
    );
  };
  const stops = [
    gateway.onEvent(begin),
    gateway.onStatus(() => {
      changed = true;
      begin();
    }),
  ];
  begin();
  return () => {
    ended = true;
    timer?.cancel();
    for (const stop of stops) stop();
  };
}
