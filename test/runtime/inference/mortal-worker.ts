/** The inference worker, which dies when it is asked about a mean of 666. */
import { parentPort } from 'node:worker_threads';
import '../../../runtime/inference/inference-worker.ts';

parentPort?.on('message', ({ method, args }: { method: string; args: readonly unknown[] }) => {
  const feeds = args[2] as { features?: { data: Float32Array } } | undefined;
  if (method === 'run' && feeds?.features?.data[0] === 666) process.exit(7);
});
