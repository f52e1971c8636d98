/** What the heap holds once everything has been let go of that can be: for tests that nothing is kept. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Bytes. */
export async function heldBytes(): Promise<number> {
  for (let round = 0; round < 5; round++) {
    collect();
    await new Promise((resolve) => void setTimeout(resolve, 20));
  }
  return process.memoryUsage().heapUsed;
}
