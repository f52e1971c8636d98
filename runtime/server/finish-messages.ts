import { idle, inFlight } from '../node-red/index.ts';

/** Between two of our nodes a message may be on its way through core nodes: so many quiet turns of the event loop tell. */
const TURNS = 10;

/** Resolves when no message is in flight. */
export async function finishMessages(): Promise<void> {
  for (let quiet = 0; quiet < TURNS; quiet++) {
    if (inFlight() > 0) quiet = 0;
    await idle();
    await new Promise((resolve) => setImmediate(resolve));
  }
}
