/** A board's worker that dies when its world is asked to be unplugged. */
import { parentPort } from 'node:worker_threads';
import '../../../runtime/devices/board-worker.ts';

parentPort?.on('message', ({ method, args }: { method: string; args: readonly unknown[] }) => {
  const [change] = args as readonly [{ unplug?: string }?];
  if (method === 'setWorld' && change?.unplug === 'now') process.exit(7);
});
