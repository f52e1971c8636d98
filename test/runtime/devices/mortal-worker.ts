/** A board's worker that dies when its world's bearing is worn: for the tests of what happens then. */
import { parentPort } from 'node:worker_threads';
import '../../../runtime/devices/board-worker.ts';

parentPort?.on('message', ({ method, args }: { method: string; args: readonly unknown[] }) => {
  const [change] = args as readonly [{ bearing?: string }?];
  if (method === 'setWorld' && change?.bearing === 'worn') process.exit(7);
});
