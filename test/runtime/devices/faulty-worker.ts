/**
 * A board's worker for the tests of what goes wrong: pins A4 and D9 are broken, one called "unplugged" never answers,
 * a worn bearing ends it, and a blocked inlet hangs it.
 */
import { systemClock } from '../../../runtime/base/index.ts';
import type { LineEvent, SessionData, SessionEvent } from '../../../runtime/devices/session/protocol.ts';
import { createSession } from '../../../runtime/devices/session/session.ts';
import { serveWorker } from '../../../runtime/workers/index.ts';

const refuse = (pin: string) => {
  if (pin === 'A4' || pin === 'D9') throw new TypeError(`${pin} is broken`);
};

serveWorker<SessionEvent | LineEvent, SessionData>(({ data, emit }) => {
  const session = createSession(data, systemClock, emit);
  return {
    ...session,
    connect() {
      if (data.name === 'unplugged') throw new Error('no board answers');
      return session.connect();
    },
    addSensor(request) {
      for (const pin of request.pins) refuse(pin);
      return session.addSensor(request);
    },
    takeOutput(wiring) {
      wiring.pins.forEach(refuse);
      return session.takeOutput(wiring);
    },
    setWorld(change) {
      if ((change as { bearing?: string }).bearing === 'worn') process.exit(7);
      if ((change as { inlet?: string }).inlet === 'blocked') for (;;);
      return session.setWorld(change);
    },
  } satisfies typeof session;
});
