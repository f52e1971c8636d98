/** The process in which one test runs: virtual time first, then Node-RED and everything else. */
import { realTime } from './time/real-time.ts';
import type { PlainError } from '../base/index.ts';
import type { ChildMessage, TestRequest } from './request.ts';

const tell = (message: ChildMessage) =>
  new Promise<void>((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });

// Whoever wanted the answer is gone.
process.on('disconnect', () => process.exit(1));
process.once('message', (request: TestRequest) => void answer(request));

async function answer(request: TestRequest): Promise<void> {
  const { startVirtualTime } = await import('./time/virtual-time.ts');
  const time = startVirtualTime(Date.parse(request.test.clock));
  realTime.every(1_000, () => {
    const { ms, doing } = time.stall();
    void tell({ kind: 'progress', virtualMs: time.elapsed(), stalledMs: ms, doing });
  });
  try {
    void time.keepPace();
    const { runTest } = await import('./run-test.ts');
    await tell({ kind: 'outcome', outcome: await runTest(request, time) });
  } catch (thrown) {
    const { toPlainError } = await import('../base/index.ts');
    const error: PlainError = toPlainError(thrown);
    await tell({ kind: 'broken', error });
  }
  // What the flow left running would hold the process.
  process.exit(0);
}
